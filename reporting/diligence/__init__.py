"""The diligence file (尽职免责材料): what shows, years later, how a deal's price was found."""
