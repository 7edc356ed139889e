import ArgumentParser
import Wording

struct DemandGuide: Guide {
    static let configuration = CommandConfiguration(
        commandName: "demand",
        abstract: said("From concerns to a demand."),
        discussion: said(page))

    static let page: Phrase = """
        A concern is what people feel. An issue is cut from it: specific, winnable, with somebody \
        who can decide. A demand is put to that person, in public, to be answered yes or no.

        See what is heard, by how many people and in how many congregations:
          fieldbook report issues

        Write the issue down, and test the cut, 1 to 5 each:
          fieldbook record add issue "title=Bus stops on Lake Street" status=exploring passion=5 rooted=4 winnable=4 specific=5

        Research: meet somebody who knows how it works. Who has power over it? What do they care \
        about?
          fieldbook record add researchAction "title=Visit to the transit planner" "issue=Bus stops" on=today "learned=The council decides the route in March." "power=Council member Olsen"

        Say who can decide, as a person:
          fieldbook person add "Karin Olsen"
          fieldbook record add actor "name=Karin Olsen" kind=official "position=Council member" person=Olsen

        The campaign, and the demand word by word:
          fieldbook record add campaign "name=Stops for all" "issue=Bus stops" "shortGoal=Three stops back by May"
          fieldbook record add demand "wording=Will you vote to bring back the three stops by May 1?" "campaign=Stops for all" decisionMaker=Olsen "by=in 8 weeks"

        Where people stand, dated, so that you see it move:
          fieldbook record add stance "actor=Karin Olsen" on=today influence=8 stance=-1
          fieldbook report power-shift

        When it is answered, write the answer as it was said, and later whether it was kept. \
        "fieldbook record list demand" shows its id; "fieldbook edit" with that id opens it.

        The whole chain, with the days between:
          fieldbook report campaign-chain
        """
}
