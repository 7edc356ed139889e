import Notebook

/// What a column holds, by its heading: as spreadsheets, Action Network, NationBuilder, EveryAction,
/// CiviCRM, Breeze, Planning Center and Google Contacts write it, in English and in Spanish.
enum ColumnGuess {
    /// Nil for a heading that nobody knows.
    static func column(_ heading: String, among headings: [String]) -> Column? {
        let key = Self.key(heading)
        // Alone it is the whole name; beside a family name it is the given one.
        if ["nombre", "nombres"].contains(key) {
            let hasFamily = headings.contains { table[Self.key($0)] == "family" }
            return Column(named: hasFamily ? "given" : "name")
        }
        if let known = table[key] { return Column(named: known) }
        return Column.names.first { Self.key($0) == key }.flatMap(Column.init(named:))
    }

    /// "E-mail 1 - Value" → "email1value"
    static func key(_ heading: String) -> String {
        Folding.name(CSVCells.plain(heading)).filter { $0 != " " }
    }

    private static let table: [String: String] = {
        var table: [String: String] = [:]
        for (column, words) in headings {
            for word in words.split(separator: " ") { table[String(word)] = column }
        }
        return table
    }()

    private static let headings: [(column: String, words: String)] = [
        (
            "name",
            "fullname displayname contactname personname membername nombrecompleto nombreyapellido "
                + "nombreyapellidos formattedname fn"
        ),
        (
            "given",
            "firstname first givenname fname forename legalfirstname preferredfirstname "
                + "primernombre nombredepila"
        ),
        ("preferred", "nickname apodo sobrenombre"),
        ("middle", "middlename middle additionalname mname segundonombre"),
        (
            "family",
            "lastname last familyname surname lname secondname legallastname apellido apellidos "
                + "primerapellido"
        ),
        ("secondFamily", "segundoapellido apellidomaterno"),
        ("suffix", "namesuffix suffix individualsuffix sufijo"),
        (
            "phone",
            "phonenumber mobile mobilephone mobilenumber mobilephonenumber cell cellphone "
                + "cellphonenumber cellnumber telephone telephonenumber tel homephone "
                + "homephonenumber workphone workphonenumber primaryphone primaryphonenumber "
                + "preferredphone preferredphonenumber mainphone phone1 phone1value phone2value "
                + "phone2 textnumber smsnumber can2phone telefono telefonos telefonomovil "
                + "telefonocelular numerodetelefono movil celular"
        ),
        (
            "email",
            "emailaddress emailaddresses mail email1 email1value email2value email2 homeemail "
                + "workemail personalemail primaryemail preferredemail mainemail can2useremail "
                + "correo correoelectronico direcciondecorreo"
        ),
        (
            "address",
            "fulladdress mailingaddress homeaddress postaladdress primaryaddress address1formatted "
                + "homeaddressformatted direccion domicilio direccioncompleta"
        ),
        (
            "street",
            "streetaddress address1 addressline1 addressline street1 addressstreet address1street "
                + "homestreet homeaddressstreet homeaddressstreetline1 homeaddress1 "
                + "primaryaddress1 mailingaddress1 mailingstreet can2useraddress calle "
                + "callenumero callenumeros"
        ),
        (
            "street2",
            "address2 addressline2 streetaddress2 homeaddressstreetline2 primaryaddress2 "
                + "mailingaddress2 supplementaladdress1 address1extendedaddress apt apartment unit "
                + "apartamento departamento"
        ),
        (
            "city",
            "town suburb municipality address1city homecity homeaddresscity primarycity mailingcity "
                + "can2usercity ciudad municipio localidad"
        ),
        (
            "state",
            "province stateprovince region address1region homestate homeaddressstate primarystate "
                + "mailingstate can2userstate can2stateabbreviated stateabbreviation estado provincia"
        ),
        (
            "postcode",
            "zip zipcode postalcode zippostal zippostalcode zipcodepostal zip5 address1postalcode "
                + "homezip homeaddresszip homeaddresszipcode homeaddresspostalcode primaryzip "
                + "mailingzip mailingzipcode can2userzipcode codigopostal cp"
        ),
        (
            "country",
            "address1country homeaddresscountry primarycountry mailingcountry pais"
        ),
        ("neighbourhood", "neighborhood barrio vecindario colonia"),
        (
            "birthday",
            "birthdate dateofbirth dob bday birth bornat fechadenacimiento fechanacimiento "
                + "nacimiento cumpleanos fechadecumpleanos"
        ),
        (
            "language",
            "languages languagespoken languagesspoken spokenlanguage preferredlanguage "
                + "primarylanguage idioma idiomas lengua"
        ),
        ("interests", "interest issues concerns intereses temas preocupaciones"),
        (
            "tags",
            "tag taglist groups group groupss groupmembership labels label lists can2usertags "
                + "activistcodes etiquetas grupos"
        ),
        (
            "institution",
            "organization organisation organizationname organization1name org church "
                + "congregation parish mosque synagogue temple school union memberinstitution "
                + "institucion organizacion congregacion iglesia parroquia escuela sindicato"
        ),
        (
            "organizer",
            "pointperson organiser assignedorganizer organizador organizadora responsable"
        ),
        ("turf", "territory area assignedturf territorio zona"),
        (
            "id",
            "personid contactid internalcontactid internalid individualid constituentid "
                + "nationbuilderid signupid vanid votervanid votefilevanid myvid mycid breezeid "
                + "uuid uid guid actionnetworkid can2userid externalid externalidentifier "
                + "memberid peopleid recordid identificador"
        ),
    ]
}
