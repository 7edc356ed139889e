import Hummingbird
import Mustache

/// The pages' text, compiled into the program: a hub is one file, wherever it is put.
enum Templates {
    /// A page in its frame. The congregation's name stands on top where it is known.
    static func page(
        _ template: String, _ content: Any, congregation: String? = nil,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let page = Page(
            style: StyleSheet.address, congregation: congregation.map { Shown.line($0) },
            content: content)
        guard let html = try library.get().render(page, withTemplate: template) else {
            throw TemplateError.missing(template)
        }
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    private struct Page {
        let style: String
        let congregation: String?
        let content: Any
    }

    private static let library = Result {
        MustacheContentTypes.register(PageText(), named: PageText.name)
        return MustacheLibrary(
            templates: try sources.mapValues { bytes in
                // Every template begins with our escaping, so that none can forget it.
                try MustacheTemplate(
                    string: "{{% CONTENT_TYPE:\(PageText.name)}}"
                        + String(decoding: bytes, as: UTF8.self))
            })
    }

    /// Every template, for the tests as well.
    static let sources: [String: [UInt8]] = [
        "page": PackageResources.page_mustache,
        "welcome": PackageResources.welcome_mustache,
        "invitation": PackageResources.invitation_mustache,
        "laptop": PackageResources.laptop_mustache,
        "unusable": PackageResources.unusable_mustache,
        "turf": PackageResources.turf_mustache,
        "report": PackageResources.report_mustache,
        "problem": PackageResources.problem_mustache,
    ]
}

enum TemplateError: Error, Equatable {
    case missing(String)
}
