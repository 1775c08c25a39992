/// The words that business names are made of, and the ways of putting them together. All invented: no name is meant to
/// be that of a real company.
enum NameWords {
  /// Forms of names, each with its share of all. A list's name in braces stands for one of its words.
  static let patterns: [(weight: Int, form: String)] = [
    (28, "{quality} {thing} {trade}"),
    (22, "{thing} & {thing} {trade}"),
    (16, "{surname} & {surname} {practice}"),
    (12, "{surname}'s {shop}"),
    (14, "{place} {trade}"),
    (10, "{quality} {thing} {trade} {legal}"),
    (8, "{thing}{ending} {legal}"),
    (6, "The {quality} {thing}"),
    (3, "\"{quality} {thing}\" {shop}"),
    (2, "{surname} \u{201C}{thing}\u{201D} {trade}"),
    (2, "{place} & {place} {association} of {trade} and {trade} ({quality} {thing} {legal})"),
    (2, "{thing} {trade} (formerly {surname} & {surname} {practice}, {place} {legal})"),
    (1, "{quality} {thing} {emoji}"),
    (1, "{emoji} {surname} {shop}"),
    (5, "{frenchShop} {frenchName}"),
    (3, "{frenchName} & Associés {frenchLegal}"),
    (5, "{germanTrade} {germanName} {germanLegal}"),
    (4, "{spanishTrade} {spanishName} {spanishLegal}"),
    (3, "{portugueseTrade} {portugueseName} Ltda."),
    (3, "{polishTrade} {polishName} Sp. z o.o."),
    (2, "{czechTrade} {czechName} s.r.o."),
    (2, "{turkishName} {turkishTrade} A.Ş."),
    (3, "{nordicName} {nordicTrade} {nordicLegal}"),
    (1, "Công ty TNHH {vietnameseTrade} {vietnameseName}"),
    (4, "株式会社{japaneseName}{japaneseTrade}"),
    (2, "{japaneseName}{japaneseTrade}有限会社"),
    (4, "{chinesePlace}{chineseName}{chineseTrade}有限公司"),
    (3, "(주){koreanName}{koreanTrade}"),
    (4, "ООО «{russianQuality} {russianThing}»"),
    (1, "ТОВ «{ukrainianThing} {ukrainianTrade}»"),
    (4, "شركة {arabicName} {arabicTrade}"),
    (3, "{greekTrade} {greekName} Α.Ε."),
    (3, "{hebrewTrade} {hebrewName} בע\"מ"),
    (3, "{hindiName} {hindiTrade} प्रा. लि."),
  ]

  /// The words of each list, apart by slashes.
  static let lists: [String: String] = latin.merging(accented) { first, _ in first }
    .merging(otherScripts) { first, _ in first }

  private static let latin = [
    "quality": """
    Granite/Silver/Northern/Amber/Quiet/Bright/Copper/Evergreen/Blue/Crimson/Golden/Hidden/Iron/Lucky/Maple/Midnight/\
    Misty/Open/Painted/Prairie/Red/Rolling/Rustic/Salt/Second/Slate/Southern/Summer/Sunny/Swift/Tall/Twin/Upper/Velvet/\
    White/Wild/Winter/Wooden/Young/Ancient/Broken/Coastal/Distant/Eastern/Fair/Gentle/Humble/Level/Long/Merry
    """,
    "thing": """
    Peak/Harbor/Pine/Lantern/Orchard/Anchor/Meadow/Falcon/Bridge/Willow/Compass/Ember/Fjord/Garnet/Heron/Juniper/\
    Kettle/Larkspur/Magnolia/Nettle/Otter/Pebble/Quarry/Raven/Saddle/Thistle/Union/Valley/Wagon/Yarrow/Acorn/Beacon/\
    Cedar/Delta/Elm/Fern/Grove/Hazel/Island/Jasper/Kestrel/Ledger/Mill/Notch/Oak/Plum/Quill/Reef/Spruce/Timber
    """,
    "trade": """
    Software/Dental Group/Logistics/Media/Analytics/Bakery/Engineering/Catering/Consulting/Pharmacy/Architects/\
    Insurance/Robotics/Brewing/Learning/Haulage/Interiors/Legal/Labs/Marketing/Mortgage/Nurseries/Optics/Outfitters/\
    Partners/Plumbing/Printing/Realty/Recruiting/Roofing/Security/Solar/Studios/Supply/Systems/Textiles/Travel/\
    Veterinary/Ventures/Wellness/Woodworks/Hosting/Cycles/Ceramics/Fitness/Foods/Hotels/Energy/Biotech/Games
    """,
    "practice": """
    Attorneys/Accountants/Architects/Surveyors/Solicitors/Family Law/Orthodontics/Advisors/Opticians/Auctioneers/\
    Engineers/Physiotherapy/Public Relations/Tax & Payroll
    """,
    "shop": """
    Bakery/Garage/Flowers/Hardware/Tailoring/Fish & Chips/Barbershop/Bookshop/Coffee House/Deli/Dry Cleaning/Guitars/\
    Ice Cream/Kitchen/Pet Supplies/Toys/Upholstery/Wine Cellar
    """,
    "surname": """
    O'Brannock/Harlow/Pike/Abernethy/Castellane/D'Amberly/Eastwick/Fairweather/Greaves/Hollis/Inglewood/Jessop/\
    Kirkbride/Lockhart/McAllenby/Northcote/Ormsby/Pemberton/Quimby/Rutherglen/Stanhope/Thackery/Underhill/Vandermeer/\
    Whitlock/Yardley/Ashdown/Birkett/Calloway/Dunmore/Ellery/Finnegan-Rhys/Goldthorpe/Hartwell/Kowalczuk/Lindqvist/\
    Marchetti/Nakamori/Okonjo/Petrakis/Quintero/Rosenfeldt/Sandoval/Tremblett/Usmani/Venkatraman/Wojnar/Xanthos/\
    Yildirim/Zielonka
    """,
    "place": """
    Ashford Bay/Briar Hill/Cold Springs/Dunmore Cross/East Lyndon/Fallbrook/Glen Arrow/Hightower/Ivory Coast Road/\
    Kingsferry/Lower Wexham/Mossgate/New Aldern/Old Quay/Port Merrow/Queensmere/Riverbend/Stonehollow/Three Rivers/\
    Upton Vale/Westmarch/Yellow Creek
    """,
    "ending": "worx/ly/base/hub/stack/grid/craft/point/forge/line/path/wise/loop/cast",
    "legal": "LLC/Inc./Ltd/Ltd./Co./GmbH/Pty Ltd/PLC/LLP/Corp./B.V./S.A.",
    "association": "Regional Association/Chamber/Cooperative/Trade Federation",
    "emoji": "🌻/☕️/🚲/🐟/🍞/👩‍🍳/🇫🇷/🏳️‍🌈/👍🏽/❤️",
  ]

  private static let accented = [
    "frenchShop": "Boulangerie/Pâtisserie/Fromagerie/Librairie/Imprimerie/Menuiserie/Hôtel/Crêperie/Clinique/Épicerie",
    "frenchName":
      "Crémieuvre/Béranger-Loiseau/de l'Étoile/Lefèvriot/Garçonnet/Noëllet/Sœurette/Châtelard/d'Août/Françoisel",
    "frenchLegal": "SARL/S.A.S./SCOP",
    "germanTrade": "Bäckerei/Gärtnerei/Möbelhaus/Schlosserei/Brauhaus/Tischlerei/Büromaschinen/Straßenbau/Küchenstudio",
    "germanName": "Größlinger/Müllenbrück/Königsacker/Weißhaupt/Jäkelmann/Schönfließ/Übelacker/Strößner/Vögtlin",
    "germanLegal": "GmbH/GmbH & Co. KG/AG/e.K./OHG",
    "spanishTrade": "Construcciones/Panadería/Clínica/Diseño/Jardinería/Óptica/Ingeniería/Cafetería/Señalización",
    "spanishName": "Peñalvira/Núñez-Orduña/Ibáñezco/Montaña Azul/Cigüeña/Aragüés/Hermanos Muñizal/Sofía y Julián",
    "spanishLegal": "S.L./S.A./S.L.U./S. de R.L.",
    "portugueseTrade": "Padaria/Construções/Educação/Soluções/Confecções/Farmácia/Transportes",
    "portugueseName": "São Tomérias/Conceiçãozinha/Irmãos Simõesca/Pão da Avó/Guimarães Velho/Leão do Sul",
    "polishTrade": "Piekarnia/Księgarnia/Usługi/Żegluga/Złotnictwo/Ogrodnictwo/Drukarnia",
    "polishName": "Żurawiecki/Źródełko/Świętojański/Łąkowa/Gęślarz/Wójtowiczak/Jaśmin",
    "czechTrade": "Pekařství/Účetnictví/Železářství/Květinářství/Truhlářství",
    "czechName": "Dvořáčkovo/Říhovský/Šťastnýček/Žižkovna/Přibyslavan",
    "turkishName": "Güneşoğlu/Yıldızcan/Çınaraltı/Şahinkaya/Özgürlükçü/İncirli",
    "turkishTrade": "İnşaat/Gıda/Yazılım/Taşımacılık/Mühendislik/Eğitim",
    "nordicName": "Åkerblomma/Östergårdh/Bjørnstuen/Ærøfjord/Hämäläisen/Sjölundqvist/Þórshamar/Grønlykke",
    "nordicTrade": "Byggteknik/Rør og Varme/Bageri/Kirjapaino/Fiskeri/Trädgård/Hönnun",
    "nordicLegal": "AB/ApS/Oy/AS/ehf.",
    "vietnameseTrade": "Thương Mại/Xây Dựng/Giáo Dục/Vận Tải",
    "vietnameseName": "Ánh Dương/Hoàng Phượng/Đông Hải/Trường Thịnh Việt",
  ]
}
