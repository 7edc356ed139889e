/// What people of a town are called. The first of a list are borne by the most.
struct TownNames {
    let women: [String]
    let men: [String]
    let families: [String]
    /// What a given name is shortened to.
    let short: [String: [String]]
    /// How a name is written in its own script.
    let script: [String: String]
    let hasTwoFamilies: Bool
    let isFamilyFirst: Bool

    private init(
        women: String, men: String, families: [String], short: String = "", script: String = "",
        hasTwoFamilies: Bool = false, isFamilyFirst: Bool = false
    ) {
        self.women = Self.words(women)
        self.men = Self.words(men)
        self.families = families
        self.short = Dictionary(
            uniqueKeysWithValues: Self.words(short).map { entry in
                let parts = entry.split(separator: ":").map(String.init)
                return (parts[0], parts[1].split(separator: "/").map(String.init))
            })
        self.script = Dictionary(
            uniqueKeysWithValues: Self.words(script).map { entry in
                let parts = entry.split(separator: ":").map(String.init)
                return (parts[0], parts[1])
            })
        self.hasTwoFamilies = hasTwoFamilies
        self.isFamilyFirst = isFamilyFirst
    }

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    private static func joined(_ starts: String, _ ends: String) -> [String] {
        words(starts).flatMap { start in words(ends).map { start + $0 } }
    }

    static let spanish = TownNames(
        women: """
            María Guadalupe Ana Carmen Rosa Isabel Teresa Patricia Lucía Elena Margarita Josefa Mercedes \
            Dolores Beatriz Gabriela Silvia Verónica Alicia Leticia Juana Daniela Sofía Concepción \
            Francisca Graciela Yolanda Consuelo Ximena Rocío Esperanza Milagros Inés Noemí
            """,
        men: """
            José Juan Luis Carlos Francisco Antonio Jesús Miguel Pedro Manuel Jorge Roberto Ricardo Javier \
            Fernando Eduardo Enrique Alejandro Guillermo Ignacio Rafael Raúl Sergio Andrés Gregorio \
            Salvador Vicente Ramón Mario Héctor Óscar Rubén Tomás Julián
            """,
        families: words(
            """
            García Hernández López Martínez Rodríguez González Pérez Sánchez Ramírez Torres Flores Rivera \
            Gómez Díaz Cruz Morales Reyes Gutiérrez Ortiz Chávez Ramos Mendoza Álvarez Ruiz Castillo \
            Jiménez Vásquez Romero Herrera Medina Aguilar Vargas Castro Guzmán Méndez Muñoz Núñez Peña \
            Delgado Ríos Vega Ortega Contreras Guerrero Estrada Sandoval Cervantes Ayala Espinoza Solís \
            Cabrera Zamora Bautista Villanueva Quiñones Escobar Montoya Barrera Trujillo Zepeda
            """)
            + joined(
                "Val Mont Bel Cas Riv Alt Mor Ver Cal Rob",
                "enzuela alvo tierra everde illares ondo azar"),
        short: """
            José:Pepe/Chepe Francisco:Paco/Pancho Guadalupe:Lupe/Lupita Ignacio:Nacho Jesús:Chuy \
            Eduardo:Lalo Roberto:Beto Enrique:Quique/Kike Dolores:Lola Concepción:Concha Teresa:Tere \
            Mercedes:Meche Francisca:Paca Manuel:Manolo Luis:Lucho Guillermo:Memo Isabel:Chabela \
            Rosa:Rosita Gregorio:Goyo Vicente:Chente Salvador:Chava Josefa:Pepa Beatriz:Bety
            """, hasTwoFamilies: true)

    static let english = TownNames(
        women: """
            Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Margaret Catherine \
            Deborah Rebecca Sharon Cynthia Dorothy Amy Kathleen Angela Ruth Brenda Pamela Nicole Virginia \
            Christine Samantha Janet Rachel Carolyn Judith Denise Gloria Theresa Grace Martha
            """,
        men: """
            James Robert John Michael William David Richard Joseph Thomas Charles Christopher Daniel \
            Matthew Anthony Donald Steven Andrew Kenneth Joshua Kevin Edward Ronald Timothy Jeffrey \
            Nicholas Jonathan Lawrence Samuel Benjamin Gregory Patrick Raymond Walter Henry Peter
            """,
        families: words(
            """
            Smith Johnson Williams Brown Jones Davis Miller Wilson Anderson Taylor Moore Jackson Thompson \
            White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Nelson \
            Baker Hall Campbell Mitchell Carter Phillips Evans Turner Parker Collins Edwards Stewart \
            Morris Murphy Cook Rogers Morgan Cooper Peterson Reed Bailey Kelly Howard Ward Cox Richardson
            """)
            + joined(
                "Ash Black Brook Carl Elm Fair Gold Hart Hol Kings Lang Mar New Oak Red Stan Thorn Whit Win Wood",
                "well ton ford man by field ley worth bourne stead ridge more"),
        short: """
            William:Bill/Will/Billy Robert:Bob/Rob Richard:Rick/Dick Elizabeth:Liz/Beth Margaret:Peggy/Meg \
            Catherine:Cathy/Kate James:Jim/Jimmy Michael:Mike Joseph:Joe Thomas:Tom Charles:Chuck/Charlie \
            Edward:Ed/Ted Anthony:Tony Patricia:Pat/Trish Susan:Sue Deborah:Deb/Debbie Rebecca:Becky \
            Christopher:Chris Daniel:Dan Matthew:Matt Steven:Steve Andrew:Andy Kenneth:Ken Jennifer:Jen \
            Timothy:Tim Nicholas:Nick Samuel:Sam Benjamin:Ben Gregory:Greg Dorothy:Dot Pamela:Pam
            """)

    static let vietnamese = TownNames(
        women: "Hoa Lan Linh Mai Hương Thảo Trang Ngọc Phương Thủy Yến Đào Hạnh Loan",
        men: "Minh Hùng Dũng Tuấn Nam Long Đức Quang Sơn Khoa Phúc Bình Thành Tài",
        families: words("Nguyễn Trần Phạm Huỳnh Hoàng Vũ Võ Đặng Bùi Ngô Dương Phan"),
        isFamilyFirst: true)

    static let arabic = TownNames(
        women: "Fatima Aisha Maryam Khadija Zainab Layla Amina Noura Salma Huda",
        men: "Mohammed Ahmed Ali Hassan Hussein Omar Yusuf Ibrahim Khalid Mustafa",
        families: words(
            """
            Haddad Khoury Mansour Nasser Saleh Farah Hamdan Qasim Zaidan Shahin Barakat Jaber Awad Najjar \
            Darwish Sabbagh Rahman Karimi Siddiqui Othman
            """),
        script: """
            Fatima:فاطمة Maryam:مريم Layla:ليلى Ahmed:أحمد Ali:علي Omar:عمر Yusuf:يوسف Khalid:خالد \
            Hassan:حسن Haddad:حداد Mansour:منصور Nasser:ناصر Saleh:صالح Farah:فرح Jaber:جابر
            """)

    static let russian = TownNames(
        women: "Anna Elena Olga Natalia Irina Tatiana Ekaterina Svetlana Maria Galina",
        men: "Ivan Sergei Dmitri Mikhail Alexei Andrei Nikolai Vladimir Boris Pavel",
        families: words(
            """
            Ivanenko Kovalenko Shevchenko Bondarenko Kravchenko Tkachenko Marchenko Zhukovsky Sokolovsky \
            Romanchuk Melnik Savchuk Litvin Chernenko Yakovenko
            """),
        short: """
            Ekaterina:Katya Natalia:Natasha Ivan:Vanya Mikhail:Misha Vladimir:Volodya Nikolai:Kolya \
            Dmitri:Dima Tatiana:Tanya Svetlana:Sveta
            """,
        script: """
            Anna:Анна Elena:Елена Olga:Ольга Irina:Ирина Maria:Мария Ivan:Иван Sergei:Сергей \
            Boris:Борис Pavel:Павел Galina:Галина Kovalenko:Коваленко Bondarenko:Бондаренко \
            Tkachenko:Ткаченко Marchenko:Марченко Zhukovsky:Жуковский Melnik:Мельник Litvin:Литвин
            """)
}
