"""Names to invent people and places from. None is meant for anybody or anywhere real."""

PLACE_BEGINNINGS = (
    "Cadder", "Tarrow", "Vellan", "Skarrow", "Omber", "Jessel", "Corvel", "Thessal", "Larrow", "Drennic", "Yarrick",
    "Wimmer", "Nettel", "Grissel", "Harrock", "Quillan",
)  # fmt: skip
PLACE_ENDINGS = ("combe", "marsh", "brook", "wick", "holt", "stead", "mere", "den", "thorn", "gate", "well", "moor")

# By heritage: ethnicity codes with their weights, girls' names, boys' names, family names.
HERITAGES = (
    (
        88.0,
        {"WBRI": 93, "WOTH": 1, "WIRI": 1, "MOTH": 1, "MWBC": 3, "MWBA": 1},
        "Abigail Alice Amelia Amber Beatrice Bethan Brooke Caitlin Chloe Daisy Eleanor Ella Elsie Emily Erin Eve Evie "
        "Faith Freya Georgia Grace Hannah Harriet Heidi Hollie Imogen Isla Ivy Jasmine Jessica Katie Keira Lacey Lily "
        "Lola Lottie Lucy Maisie Martha Matilda Megan Mia Millie Molly Nancy Niamh Olivia Paige Phoebe Poppy Rosie "
        "Ruby Scarlett Sienna Skye Sophie Summer Tamsin Tegan Tilly Willow Zara",
        "Aaron Adam Alex Alfie Archie Bailey Ben Bradley Brandon Callum Cameron Charlie Connor Corey Daniel Declan "
        "Dylan Edward Elliot Ellis Ethan Ewan Finley Frankie Freddie George Harley Harry Harvey Hayden Henry Isaac "
        "Jack Jacob Jake James Jamie Jaydon Jenson Joe Jordan Joshua Kai Kian Kieran Kyle Leo Lewis Liam Logan Louis "
        "Luca Luke Mason Matthew Max Morgan Nathan Noah Oliver Ollie Oscar Owen Reece Rhys Riley Rory Ryan Sam "
        "Sebastian Stanley Taylor Theo Thomas Toby Tyler William Zac",
        "Abberton Ackroyd Alderdice Amphlett Arkell Ashmole Atherley Baddeley Barraclough Baskerfield Beddoes "
        "Bellamy Bickerstaff Blandamer Bosworthy Brabazon Brackstone Bramwell Broadhead Bufton Byfield Cadwallader "
        "Castellane Chetwynd Clutterbuck Colclough Corfield Cotterill Crannage Cresswell Croxall Dainty Deakin "
        "Derrington Dovey Duckett Eardley Eastope Eccleshall Edgerton Everall Fallowfield Farlow Felton Fewtrell "
        "Forsdyke Garbett Gittins Goodacre Gough Gretton Griffiths Hadley Hallmark Hardwicke Haycock Heighway "
        "Hinksman Holloway Hotchkiss Howells Inchley Instone Jarrold Jellicoe Jukes Kettleby Kynaston Lanscombe "
        "Latchford Lavender Leighton Littlehales Lyddiard Maddox Mansell Marrable Meredith Millichap Moxon Munslow "
        "Nightingale Nock Oakhanger Onslow Pardoe Partridge Peplow Plimmer Powis Preece Priddle Pugh Quarmby "
        "Radnage Reddaway Rowley Sambrook Scoltock Shelvoke Skelhorn Starkweather Stedman Swindlehurst Tansley "
        "Tedstone Thornycroft Tipton Tomkins Trevanion Tudor Underhill Upperton Varley Vernall Wadeley Wainwright "
        "Westerdale Whitefoot Wigley Winwood Wolstencroft Woodvine Yapp Yardley",
    ),
    (
        3.0,
        {"WOTH": 100},
        "Aleksandra Maja Zuzanna Oliwia Natalia Ioana Daria Gabija",
        "Jakub Kacper Filip Dominik Mateusz Andrei Lukas Matas",
        "Kowalczyk Wrobel Mazurek Nowicki Dudek Popa Ionescu Petrauskas Sikora Balan",
    ),
    (
        3.5,
        {"AIND": 40, "APKN": 35, "ABAN": 15, "AOTH": 10},
        "Aisha Anaya Fatima Hafsa Mariam Priya Riya Zainab",
        "Arjun Hamza Ibrahim Mohammed Rohan Samir Yusuf Zayn",
        "Ahmed Begum Deshmukh Hussain Iqbal Kaur Malik Patel Rahman Sandhu",
    ),
    (
        2.5,
        {"BAFR": 45, "BCRB": 30, "BOTH": 10, "MWBA": 15},
        "Ama Esther Folake Imani Naomi Thandi Zuri",
        "Emmanuel Jabari Kofi Kwame Malachi Tobi Tyrese",
        "Adeyemi Asante Boateng Campbell Mensah Nkosi Okafor Olawale Sesay",
    ),
    (
        2.0,
        {"WIRT": 40, "WROM": 60},
        "Bridget Crystal Margaret Shannon Tiffany",
        "Jimmy Levi Miles Patrick Tommy",
        "Boswell Connors Loveridge Maughan Price Smith",
    ),
    (
        1.0,
        {"CHNE": 40, "OOTH": 60},
        "Lan Layla Mei Noor Yasmin",
        "Amir Bao Jun Karim Omar",
        "Chen Darwish Haddad Lau Nguyen Tran",
    ),
)

STREETS = ("Bellhouse Lane", "Coppice Row", "Furrow Close", "Lantern Street", "Millrace Road", "Orchard Bank",
           "Pinfold Way", "Quarry Terrace", "Rookery Drive", "Sallow Green", "Tannery Court", "Weir Street")  # fmt: skip
