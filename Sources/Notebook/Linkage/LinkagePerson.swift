/// What a record says of a person by which one could know them again, as it is written.
package struct LinkagePerson: Sendable {
    package var name: String
    package var given: String?
    package var family: String?
    package var phones: [String]
    package var emails: [String]
    package var address: String?
    /// The body that they belong to, by its name or its id.
    package var institution: String?
    package var neighbourhood: String?
    package var birthday: Birthday?

    package init(
        name: String, given: String? = nil, family: String? = nil, phones: [String] = [],
        emails: [String] = [], address: String? = nil, institution: String? = nil,
        neighbourhood: String? = nil, birthday: Birthday? = nil
    ) {
        self.name = name
        self.given = given
        self.family = family
        self.phones = phones.flatMap(Folding.phones)
        self.emails = emails
        self.address = address
        self.institution = institution
        self.neighbourhood = neighbourhood
        self.birthday = birthday
    }

    /// The same with as much of each text as can tell people apart: what is longer, by mistake or to
    /// do harm, costs no more time.
    var bounded: LinkagePerson {
        LinkagePerson(
            name: Self.cut(name), given: given.map(Self.cut), family: family.map(Self.cut),
            phones: phones.prefix(Self.most).map(Self.cut),
            emails: emails.prefix(Self.most).map(Self.cut), address: address.map(Self.cut),
            institution: institution.map(Self.cut), neighbourhood: neighbourhood.map(Self.cut),
            birthday: birthday)
    }

    private static let most = 10

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > FieldRules.lettersOfName else { return text }
        return String(
            String.UnicodeScalarView(text.unicodeScalars.prefix(FieldRules.lettersOfName)))
    }
}
