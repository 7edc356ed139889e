import ArgumentParser
import Wording

struct DemandGuide: Guide {
    static let configuration = CommandConfiguration(
        commandName: "demand",
        abstract: said("From concerns to a demand."),
        discussion: laidOut)

    static let page: Phrase = """
        A concern is what people feel. An issue is cut from it: specific, winnable, with somebody \
        who can decide. A demand is put to that person, in public, to be answered yes or no.

        See what is heard, by how many people and in how many congregations:
          fieldbook report issues

        What somebody feels can be written down by itself, in their words; then the issue, and the \
        concerns that are of it:
          fieldbook concern add "The 14 stopped running" --from Rosa --intensity 5
          fieldbook issue add "Bus stops on Lake Street" --status exploring
          fieldbook concern link "The 14" --issue "Bus stops"

        Test the cut, 0 to 5 each: passion, rooted, anchored, winnable, non-divisive, specific.
          fieldbook issue cut "Bus stops" --scores 5,4,3,4,5,5

        Research: meet somebody who knows how it works. Who has power over it? What do they care \
        about?
          fieldbook research add "Visit to the transit planner" --issue "Bus stops" --attended Rosa --learned "The council decides the route in March." --power "Council member Olsen"

        The campaign, and who can decide, as a person; who is aimed at is on the power map:
          fieldbook campaign add "Stops for all" --issue "Bus stops" --short-goal "Three stops back by May"
          fieldbook person add "Karin Olsen"
          fieldbook campaign target "Stops for all" Olsen --why "She chairs the council."

        The demand, word by word:
          fieldbook demand add "Will you vote to bring back the three stops by May 1?" --to Olsen --campaign "Stops for all" --by "in 8 weeks"

        Where people stand, dated, so that you see it move:
          fieldbook record add stance "actor=Karin Olsen" on=today influence=8 stance=-1
          fieldbook report power-shift

        When it is answered, write the answer as it was said, and later whether it was kept:
          fieldbook demand answer "three stops" partial --words "I will look at two of them."
          fieldbook demand kept "three stops" partly --win "Two stops are back."

        The whole chain, with the days between:
          fieldbook report campaign-chain
        """
}
