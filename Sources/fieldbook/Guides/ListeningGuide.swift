import ArgumentParser
import Wording

struct ListeningGuide: Guide {
    static let configuration = CommandConfiguration(
        commandName: "listening",
        abstract: said("Running a listening campaign."),
        discussion: laidOut)

    static let page: Phrase = """
        A listening campaign is four to eight weeks in which trained listeners each meet about ten \
        people, with a goal that everybody knows.

        Write down the campaign, with its goal in one-to-ones:
          fieldbook listening add "Spring listening" --end "in 6 weeks" --goal 150

        The training, and who listens, with how many people each takes on:
          fieldbook training add "How to listen" --attended Rosa
          fieldbook listening listener "Spring listening" Rosa --assigned 10 --trained today

        Each meeting is logged as always, with the concerns that were heard, in people's own words:
          fieldbook met Bo --campaign "Spring listening" --heard "rent,bus stops" --summary "Pays half of what he earns for two rooms."

        House meetings gather a host's own people:
          fieldbook house-meeting add "At Rosa's" --host Rosa --campaign "Spring listening" --invited 20 --unnamed 9

        Every week, tell the listeners how far they are, and look at what is heard by how many:
          fieldbook report listening
          fieldbook report issues

        What many say becomes an issue. Go on with
          fieldbook guide demand
        """
}
