import Testing

/// Help as people read it, whole.
extension HelpTests {
    static let root = """
        OVERVIEW: Keep track of relational meetings, with or without a network.

        A first day:
          fieldbook init --name "Ana Reyes"
          fieldbook met "Rosa Alvarez" --new --next "call her" --due friday
          fieldbook due

        A person is named by a name, a part of one, or the end of an id. Dates are
        written like 2026-11-20, yesterday, "last friday", "in 2 weeks" or "nov 20".

        With --json, the result is one JSON document. What fails prints none: the
        reason is on standard error, and the exit code is 1, or 64 for wrong usage, or
        75 when the hub cannot be reached now.

        For completion in your shell (bash, zsh or fish), put into its start file:
          source <(fieldbook --generate-completion-script bash)

        USAGE: fieldbook <subcommand>

        OPTIONS:
          --version               Show the version.
          -h, --help              Show help information.

        EVERY DAY SUBCOMMANDS:
          met                     Log a one-to-one that you held.
          schedule                Arrange a one-to-one.
          missed                  Say that somebody did not come to a one-to-one that
                                  was arranged.
          cancel                  Cancel a one-to-one that is arranged.
          touch                   Log a contact that was no one-to-one: a call, a text.
          today                   Show whom you meet today and tomorrow, and what is
                                  due.
          due                     Show what is overdue, due soon, or without a date.
          plan                    Show your week on one page: goals, meetings,
                                  promises, actions.
          turf                    Show a turf's people: who was met when, what is next,
                                  what is owed.
          find                    Find people, meetings and promises by words in them.
          report                  Show a report; without a name, the list of them.

        PEOPLE AND PROMISES SUBCOMMANDS:
          person                  Add, show, edit, list, delete or erase people; say
                                  who is the same.
          commitment              Write down promises, and settle them.
          assess                  Write down how you judge somebody's leadership.
          relate                  Write down what one person is to another; organizers
                                  alone read it.

        FROM LISTENING TO ACTION SUBCOMMANDS:
          listening               Run listening campaigns: their goal, and who listens
                                  to how many.
          house-meeting           Write down house meetings, and who came.
          training                Write down trainings, and who came.
          concern                 Write down what people are concerned about, and of
                                  which issue it is.
          issue                   Write down issues, and cut them from what people are
                                  concerned about.
          research                Write down research actions: whom you asked, and what
                                  you learned.
          campaign                Plan campaigns: goals, targets, and what belongs to
                                  them.
          demand                  Write down demands, what was answered, and whether it
                                  was kept.
          action                  Prepare actions: who pledges, confirms and comes; and
                                  evaluate them.

        THE ORGANIZATION SUBCOMMANDS:
          institution             Write down congregations, schools, unions and
                                  associations.
          team                    Write down teams, and who joins and leaves them.
          goal                    Set goals; how far we are: "fieldbook report goals".

        RECORDS OF EVERY KIND SUBCOMMANDS:
          record                  Write down and look up records of every kind, by
                                  field=value.
          edit                    Change a record, by field=value or in your editor.
          history                 Show every value a record ever had, by whom and when.
          undo                    Take back the last thing that you wrote on this
                                  laptop.

        WITH A HUB SUBCOMMANDS:
          join                    Join a hub, with an invitation.
          sync                    Exchange entries with the hub.
          conflicts               Show what two people wrote differently, and settle it.
          refused                 Show what the hub refused, and why.

        THE NOTEBOOK SUBCOMMANDS:
          init                    Make a notebook on this machine.
          me                      Show whose notebook this is, or correct your own name.
          open                    Show the notebook as a web page on this machine.
          status                  Show what waits to be sent, settled or looked at.
          import                  Bring in people and records from a file, or take an
                                  import back.
          export                  Write out everything that you may read.
          backup                  Write a copy of the notebook, to restore it from.
          restore                 Put a backup in the notebook's place.
          verify                  Check that the notebook is whole.
          decode                  Print a message of the exchange for people.
          demo                    Show a day of work: a hub, laptops, a conflict, a
                                  leader's page.
          guide                   Read how a piece of work is done with Fieldbook.

          See 'fieldbook help <subcommand>' for detailed help.
        """

    static let met = """
        OVERVIEW: Log a one-to-one that you held.

        Without a name it asks, line by line. Notes can come from standard input, so
        that no shell keeps them: --summary -

        Example:
          fieldbook met Rosa --heard "bus stops,asthma" --next "call" --due friday

        USAGE: fieldbook met [<who>] [<options>]

        ARGUMENTS:
          <who>                   The person you met.

        OPTIONS:
          --on <date>             The day it was. Default: today.
          --minutes <n>           How long it took, 1 to 1440.
          --place <place>         Where it was.
          -s, --summary <text>    What you talked about; - reads it from standard input.
          --heard <a,b>           Concerns you heard, with commas between them.
          -n, --next <text>       Your own next step.
          -d, --due <date>        The day the next step is due.
          --ask <text>            What you asked of them.
          --promised <text>       What they promised you.
          --we-promised <text>    What you promised them.
          --by <date>             The day by which that was promised.
          --referred <a,b>        Whom they said you should meet, with commas between.
          --campaign <campaign>   The listening campaign it was part of.
          --new                   Add the person, whom the notebook does not know yet.
          --anyway                Go on, even if they have died or asked to be removed.
                                  A meeting that is written down already is logged a
                                  second time, without asking.
          --notebook <file>       The notebook's file. Default: FIELDBOOK_NOTEBOOK, or
                                  else your own.
          --json                  Print one JSON document, for scripts.
          --version               Show the version.
          -h, --help              Show help information.

        """

    static let assign = """
        OVERVIEW: Put people into a turf, with their meetings and promises.

        Example:
          fieldbook turf assign "North Side" "Rosa Alvarez" "Luis Ortiz"

        USAGE: fieldbook turf assign <turf> <who> ... [--notebook <file>] [--json]

        ARGUMENTS:
          <turf>                  The turf.
          <who>                   The people.

        OPTIONS:
          --notebook <file>       The notebook's file. Default: FIELDBOOK_NOTEBOOK, or
                                  else your own.
          --json                  Print one JSON document, for scripts.
          --version               Show the version.
          -h, --help              Show help information.

        """

    static let settle = """
        OVERVIEW: Settle a conflict with one of its values, or another one.

        Example:
          fieldbook conflicts settle "Rosa Alvarez" phone --take 2

        USAGE: fieldbook conflicts settle <record> <field> (--take <n> | --value <v>)

        ARGUMENTS:
          <record>                An id, the end of one, or what it is called.
          <field>                 The field that "conflicts" names.

        OPTIONS:
          --take <n>              The number of the value to keep, or the name of who
                                  wrote it.
          --value <v>             The value that is right; empty for none.
          --notebook <file>       The notebook's file. Default: FIELDBOOK_NOTEBOOK, or
                                  else your own.
          --json                  Print one JSON document, for scripts.
          --version               Show the version.
          -h, --help              Show help information.

        """
}
