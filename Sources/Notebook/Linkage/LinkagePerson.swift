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
        self.phones = phones
        self.emails = emails
        self.address = address
        self.institution = institution
        self.neighbourhood = neighbourhood
        self.birthday = birthday
    }
}
