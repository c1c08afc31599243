namespace ProvableSec.CertificateChecker.Values;

/// <summary>What one place of a pattern takes.</summary>
internal enum PlaceKind
{
    /// <summary>This character.</summary>
    Exact,

    /// <summary>Every character with this lower case.</summary>
    Folded,

    /// <summary>Any one character.</summary>
    Any,

    /// <summary>Any one character but a colon.</summary>
    AnyButColon,

    /// <summary>One of the ten digits.</summary>
    Digit,

    /// <summary>Any number of any characters.</summary>
    Star,

    /// <summary>Any number of characters, none of them a colon.</summary>
    StarButColon,
}

/// <summary>A place of a pattern.</summary>
internal readonly record struct Place(PlaceKind Kind, char Character = '\0')
{
    public bool IsStar => Kind is PlaceKind.Star or PlaceKind.StarButColon;

    /// <summary>Whether the place takes the character.</summary>
    public bool Takes(char c) => Kind switch
    {
        PlaceKind.Exact => c == Character,
        PlaceKind.Folded => char.ToLowerInvariant(c) == Character,
        PlaceKind.AnyButColon or PlaceKind.StarButColon => c != ':',
        PlaceKind.Digit => c is >= '0' and <= '9',
        _ => true,
    };

    /// <summary>Places that take exactly these characters, one after the other.</summary>
    public static IEnumerable<Place> Text(string text) => text.Select(c => new Place(PlaceKind.Exact, c));
}
