import ArgumentParser
import Wording

/// Shortens a list to those who have a tag.
struct TagOption: ParsableArguments {
    @Option(help: ArgumentHelp(said("Only those with this tag."), valueName: "tag"))
    var tag: String?
}
