import Hummingbird
import Mustache
import Wording

/// The pages' text, compiled into the program: a hub is one file, wherever it is put.
enum Templates {
    /// A page in its frame. The congregation's name stands on top where it is known, and the way to the
    /// other pages of a notebook that is the reader's own.
    static func page(
        _ template: String, _ content: Any, congregation: String? = nil, isOwn: Bool = false,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let language = Language.current
        let page = Page(
            language: language.rawValue, style: StyleSheet.address,
            congregation: congregation.map { Shown.line($0) }, isOwn: isOwn, content: content)
        let html = try libraries.get()[language]?.render(page, withTemplate: template)
        guard let html else {
            throw TemplateError.missing(template)
        }
        return Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .vary: "Accept-Language"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    private struct Page {
        let language: String
        let style: String
        let congregation: String?
        let isOwn: Bool
        let content: Any
    }

    /// A library for each language.
    private static let libraries = Result {
        MustacheContentTypes.register(PageText(), named: PageText.name)
        let libraries = try Language.allCases.map { ($0, try library(in: $0)) }
        return Dictionary(uniqueKeysWithValues: libraries)
    }

    private static func library(in language: Language) throws -> MustacheLibrary {
        MustacheLibrary(
            templates: try sources.mapValues { bytes in
                let text = TemplateText(String(decoding: bytes, as: UTF8.self))
                // Every template begins with our escaping, so that none can forget it.
                return try MustacheTemplate(
                    string: "{{% CONTENT_TYPE:\(PageText.name)}}" + text.translated(to: language))
            })
    }

    /// Every template, for the tests as well.
    static let sources: [String: [UInt8]] = [
        "page": PackageResources.page_mustache,
        "welcome": PackageResources.welcome_mustache,
        "own": PackageResources.own_mustache,
        "due": PackageResources.due_mustache,
        "person": PackageResources.person_mustache,
        "task": PackageResources.task_mustache,
        "find": PackageResources.find_mustache,
        "invitation": PackageResources.invitation_mustache,
        "laptop": PackageResources.laptop_mustache,
        "unusable": PackageResources.unusable_mustache,
        "unsaved": PackageResources.unsaved_mustache,
        "turf": PackageResources.turf_mustache,
        "report": PackageResources.report_mustache,
        "problem": PackageResources.problem_mustache,
    ]
}

enum TemplateError: Error, Equatable {
    case missing(String)
}
