import Notebook

/// Two records and what there is to know of them.
struct LinkageStory: Sendable, CustomStringConvertible {
    let what: String
    let one: LinkagePerson
    let other: LinkagePerson

    var description: String { what }

    init(_ what: String, _ one: LinkagePerson, _ other: LinkagePerson) {
        self.what = what
        self.one = one
        self.other = other
    }

    /// Two records of one person.
    static let ofOne: [LinkageStory] = [
        .init(
            "José wrote his accents, his leader did not",
            .of("José Núñez", "612-555-0142"), .of("Jose Nunez", "612-555-0142")),
        .init(
            "Pepe is José", .of("Pepe Zárate", "612-555-0142"), .of("José Zarate", "(612) 555-0142")
        ),
        .init(
            "Liz is Elizabeth",
            .of("Liz Thornbury", "612-555-0142"), .of("Elizabeth Thornbury", "612-555-0142")),
        .init(
            "Somebody's finger slipped",
            .of("Guadalupe Hernándes", nil, "lupe@example.org"),
            .of("Guadlupe Hernández", nil, "lupe@example.org")),
        .init(
            "Somebody wrote what they heard",
            .of("Rosa Giménez", "612-555-0142"), .of("Rosa Ximenes", "612-555-0142")),
        .init(
            "The family name came first",
            .of("Quiroga Ana", "612-555-0142"), .of("Ana Quiroga", "612-555-0142")),
        .init(
            "The family name came first, with a comma",
            .of("Quiroga, Ana", nil, "ana.q@example.org"),
            .of("Ana Quiroga", nil, "ana.q@example.org")),
        .init(
            "One list leaves out her mother's family name",
            .of("Ana Quiroga López", "612-555-0142"), .of("Ana Quiroga", "612-555-0142")),
        .init(
            "She married",
            .of("Susan Brambley", "612-555-0142", "susan.b@example.org"),
            .of("Susan Thornbury", "612-555-0142", "susan.b@example.org")),
        .init(
            "One list has her given name alone",
            .of("Rosalba", "612-555-0142"), .of("Rosalba Quiroga", "612-555-0142")),
        .init(
            "María Guadalupe is called Lupe",
            .of("María Guadalupe Zárate", "612-555-0142"), .of("Lupe Zárate", "612-555-0142")),
        .init(
            "Hoa's family name comes first at home",
            .of("Nguyễn Thị Hoa", "612-555-0142"), .of("Hoa Nguyen", "612-555-0142")),
        .init(
            "Đào writes her marks",
            .of("Phạm Đào", nil, "dao.pham@example.org"),
            .of("Pham Dao", nil, "dao.pham@example.org")),
        .init(
            "Mohammed writes from right to left",
            .of("محمد حداد", "612-555-0142"), .of("Mohamed Haddad", "612-555-0142")),
        .init(
            "Yuri writes in Cyrillic",
            .of("Юрий Бондаренко", "612-555-0142"), .of("Yuri Bondarenko", "612-555-0142")),
        .init(
            "Giorgos writes in Greek",
            .of("Γιώργος Παπαδόπουλος", "612-555-0142"), .of("Giorgos Papadopoulos", "612-555-0142")
        ),
        .init(
            "She moved, and has another number",
            .of("Rosalba Quiroga", "612-555-0142", "rosalba@example.org", "12 Oak St"),
            .of("Rosalba Quiroga", "651-555-0177", "rosalba@example.org", "880 Elm Ave")),
        .init(
            "One wrote the country's code",
            .of("Rosalba Quiroga", "+52 55 1234 5678"), .of("Rosalba Quiroga", "55 1234 5678")),
        .init(
            "One wrote an initial",
            .of("R. Quiroga", "612-555-0142"), .of("Rosalba Quiroga", "612-555-0142")),
        .init(
            "One clerk wrote the month first",
            .of("Ana Quiroga", "612-555-0142", born: "1961-05-04"),
            .of("Ana Quiroga", "651-555-0177", born: "1961-04-05")),
        .init(
            "One list leaves out the year in which she was born",
            .of("Rosalba Quiroga", "612-555-0142", born: "05-24"),
            .of("Rosalba Quiroga", "651-555-0177", born: "1961-05-24")),
        .init(
            "Nobody has anything but a common name and her birthday",
            .of("María García", born: "1961-05-24"), .of("Maria Garcia", born: "1961-05-24")),
        .init(
            "Nobody has anything but her rare name",
            .of("Rosalba Quiroga Zárate"), .of("ROSALBA QUIROGA ZARATE")),
    ]

    /// Records of two people.
    static let ofTwo: [LinkageStory] = [
        .init(
            "Twins at home",
            .of("Ana Quiroga", "612-555-0142", nil, "12 Oak St"),
            .of("Eva Quiroga", "612-555-0142", nil, "12 Oak Street")),
        .init(
            "Brother and sister with one telephone",
            .of("Mario Quiroga", "612-555-0142"), .of("María Quiroga", "612-555-0142")),
        .init(
            "Luis and Luisa", .of("Luis Quiroga", "612-555-0142"),
            .of("Luisa Quiroga", "612-555-0142")),
        .init(
            "Brothers whose names are a letter apart",
            .of("José Quiroga", "612-555-0142"), .of("Jorge Quiroga", "612-555-0142")),
        .init(
            "A couple with everything in common",
            .of("Juan Quiroga", "612-555-0142", "los.quiroga@example.org", "12 Oak St"),
            .of("Carmen Quiroga", "612-555-0142", "los.quiroga@example.org", "12 Oak St")),
        .init(
            "Father and son of one name",
            .of("José Quiroga Sr.", "612-555-0142", nil, "12 Oak St"),
            .of("José Quiroga Jr.", "612-555-0142", nil, "12 Oak St")),
        .init(
            "Father and son, of whom the son alone is called so",
            .of("Robert Thornbury", "612-555-0142", nil, "12 Oak St"),
            .of("Bob Thornbury, Jr.", "612-555-0142", nil, "12 Oak St")),
        .init(
            "Namesakes on two floors",
            .of("Ana Quiroga", "612-555-0142", "ana1@example.org", "12 Oak St Apt 1"),
            .of("Ana Quiroga", "651-555-0177", "quiroga.a@example.net", "12 Oak St Apt 9")),
        .init(
            "Two who gave the parish's number",
            .of("Rosalba Quiroga", "612-555-0142"), .of("Henry Thornbury", "612-555-0142")),
        .init(
            "Another one's initial",
            .of("L. Quiroga", "612-555-0142"), .of("Ana Quiroga", "612-555-0142")),
        .init(
            "Cousins", .of("Ana García López", "612-555-0142"),
            .of("Ana García Pérez", "651-555-0177")),
        .init(
            "Two of the most common name",
            .of("María García", "612-555-0142", "mg1@example.org", "12 Oak St"),
            .of("María García", "651-555-0177", "garciam@example.net", "880 Elm Ave")),
        .init(
            "Twins have one birthday",
            .of("Ana Quiroga", "612-555-0142", nil, "12 Oak St", born: "1961-05-24"),
            .of("Eva Quiroga", "612-555-0142", nil, "12 Oak Street", born: "1961-05-24")),
        .init(
            "Namesakes, of whom one could be the other's mother",
            .of("Ana Quiroga", "612-555-0142", born: "1961-05-24"),
            .of("Ana Quiroga", "651-555-0177", born: "1987-11-02")),
        .init(
            "Namesakes in two neighborhoods",
            .of("María García", "612-555-0142", in: "Phillips"),
            .of("María García", "651-555-0177", in: "Seward")),
        .init(
            "Strangers in one house",
            .of("Hoa Nguyen", nil, nil, "12 Oak St"), .of("Lan Nguyen", nil, nil, "12 Oak St")),
    ]
}

extension LinkagePerson {
    static func of(
        _ name: String, _ phone: String? = nil, _ email: String? = nil, _ address: String? = nil,
        born birthday: String? = nil, in neighbourhood: String? = nil
    ) -> LinkagePerson {
        LinkagePerson(
            name: name, phones: [phone].compactMap { $0 }, emails: [email].compactMap { $0 },
            address: address, neighbourhood: neighbourhood,
            birthday: birthday.flatMap { Birthday($0) })
    }
}
