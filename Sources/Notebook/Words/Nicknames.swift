/// Which given names people use for one another, in English, Spanish and some other languages: "Pepe" is
/// José.
///
/// They widen a search that would find nobody, and speak for two records being of one person; alone they
/// never say so.
package enum Nicknames {
    /// The other forms of a folded word: all names of every group that it is in.
    package static func others(of word: String) -> [String] {
        let groups = groupsByName[word] ?? []
        return Set(groups.flatMap { self.groups[$0] }).subtracting([word]).sorted()
    }

    /// The numbers of the groups that a folded word is in.
    static func groups(of word: String) -> [Int] { groupsByName[word] ?? [] }

    /// Whether a word is a short form of another, and not the other way round.
    static func isShort(_ word: String, for name: String) -> Bool {
        groups(of: word).contains { groups[$0][0] == name } && word != name
    }

    private static let groupsByName: [String: [Int]] = groups.enumerated().reduce(into: [:]) {
        names, group in
        for name in group.element { names[name, default: []].append(group.offset) }
    }

    private static let groups: [[String]] = """
        abigail abby gail
        abraham abe bram
        adalberto beto
        adriana adri
        agustin tin tino
        albert al bert bertie
        alberto beto
        alejandra ale alexa sandra
        alejandro ale alex jandro
        alexander alex al sandy xander
        alexandra alex lexi sandra sandy
        alfonso poncho foncho
        alfred al fred freddie
        alfredo fredo fredy
        alicia licha
        amanda mandy
        ana ani anita
        andres andy
        andrew andy drew
        angela angie
        angeles geles
        anthony tony
        antonia tona toni
        antonio tono tony
        armando mando
        barbara barb barbie babs
        beatriz bety betty bea
        benjamin ben benny benji
        bernardo nardo
        bridget biddy bridie
        caroline carol carrie
        carlos charlie carlitos
        carmen carmela carmelita menchu
        catherine katherine kathryn cathy kathy kate katie kay kit kitty
        charles charlie chuck chas
        christina christine chris chrissy tina
        christopher chris topher kit
        concepcion concha conchita
        consuelo chelo
        cristina cris tina
        cristobal tobal
        daniel dan danny
        daniela dani
        david dave davey
        deborah deb debbie
        dolores lola lolita
        dominic dom nick
        donald don donnie
        dorothy dot dottie dolly
        edward ed eddie ted teddy ned
        eduardo lalo edu
        eleanor ellie nell nora
        elena nena
        elizabeth liz lizzie beth betsy betty eliza libby
        emily em emmy
        emilio milo
        enrique quique kike
        ernesto neto
        eugene gene
        eva evita
        federico fede fico
        felipe pipe
        fernando nando fer
        florence flo flossie
        frances fran francie
        francis frank frankie
        francisca paca paquita pancha
        francisco paco pancho cisco kiko curro
        franklin frank
        frederick fred freddie
        gabriel gabe gabi
        gabriela gabi gaby
        george georgie
        gerald gerry jerry
        gerardo gera lalo
        gertrude trudy gertie
        gilberto beto
        gloria glo
        gregorio goyo
        gregory greg
        guadalupe lupe lupita
        guillermo memo guille
        gustavo gus tavo
        harold hal harry
        helen nell nellie
        henry hank harry hal
        heriberto beto
        humberto beto
        ignacio nacho
        isabel isa chabela chavela bel
        isabella bella izzy
        isidro chilo
        jacob jake
        jacqueline jackie
        jaime jimmy
        james jim jimmy jamie
        janet jan
        javier javi
        jennifer jen jenny
        jessica jess jessie
        jesus chuy chucho
        joaquin quino
        john johnny jack
        jonathan jon jonny
        jorge coque
        jose pepe chepe josecito
        josefina pepa fina chepina
        joseph joe joey
        joshua josh
        juan juanito
        juana juanita
        judith judy
        julia julie
        katarzyna kasia
        kenneth ken kenny
        kimberly kim
        lawrence larry
        leonardo leo nardo
        leonard len lenny leo
        lillian lily lil
        lorenzo lencho
        lourdes lulu
        lucia luci
        luis lucho luisito
        luisa lucha
        magdalena magda lena
        manuel manny manolo meme
        manuela manola
        marcos marco
        margaret maggie meg peggy marge margie greta
        margarita mago rita
        maria mari marucha maruja
        mario mayito
        martha marty patty
        martin marty tincho
        matthew matt
        mateo teo
        maximiliano max
        mercedes meche merche
        michael mike mickey mick
        miguel migue mike
        mildred millie
        mohammed muhammad mohamed mohamud
        monica moni
        montserrat montse
        nancy nan
        natalia nati
        nathan nate
        nathaniel nat nate
        nicholas nick nicky
        nicolas nico
        norberto beto
        octavio tavo
        oscar osqui
        pablo pablito
        pamela pam
        patricia pat patty trish tricia paty
        patrick pat paddy
        pedro perico
        peter pete
        philip phil
        rachel rae
        rafael rafa
        ramon moncho
        raymond ray
        rebecca becky becca
        refugio cuca cuquita
        reinaldo rey
        ricardo richie rico cayo
        richard rick ricky dick rich richie
        robert bob bobby rob robbie
        roberto beto tito
        rodrigo rodri
        ronald ron ronnie
        rosa rosita rosi
        rosario chayo charo
        rosalia rosa lia
        ruben rube
        salvador chava salva
        samantha sam
        samuel sam sammy
        santiago santi chago
        sara sarah sally
        sebastian seba
        sergio checo
        silvia chiva
        sofia sofi
        soledad sole chole
        stephanie steph
        stephen steven steve
        susan sue susie
        susana susi
        teresa tere
        theodore ted teddy theo
        theresa terry tess tessa
        thomas tom tommy
        timothy tim
        tomas tommy
        trinidad trini
        valentina vale
        vanessa nessa
        veronica vero ronnie
        vicente chente
        victor vic
        victoria vicky tori
        vincent vince vinny
        virginia ginny vicky
        walter walt wally
        william will bill billy liam willie
        xavier javi
        yolanda yoli
        agnieszka aga agusia
        aleksandr alexandr sasha shura sanya
        aleksandra alexandra sasha ola
        aleksey aleksei alexei alyosha lyosha
        anastasiya anastasia nastya
        antonio toninho nino tonino
        dmitriy dmitri dima mitya
        eduardo dudu
        ekaterina yekaterina katya katia
        elena yelena lena
        elisabeth lisa liesel elsbeth
        francesco ciccio franco
        francisco chico
        friedrich fritz
        giovanni gianni nino
        giuseppe peppe beppe pino
        heinrich heinz
        irina ira
        ivan vanya
        jan janek
        johannes hans hannes
        joao joaozinho
        jose ze zeca zezinho
        katharina kathe katja
        luiz lula
        malgorzata gosia malgosia
        margarete grete gretel
        mariya maria masha
        mikhail misha
        natalya natalia natasha
        nikolay nikolai kolya
        olga olya
        salvatore toto
        sergey sergei seryozha
        stanislaw stas staszek
        svetlana sveta
        tatyana tatiana tanya
        vladimir volodya vova
        wilhelm willi willy
        yevgeniy yevgeny evgeni zhenya
        yuriy yuri yura
        zachary zach
        """.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
}
