namespace ProvableSec.Rules.Credentials;

/// <summary>A text that detectors search: a file, or what a part of it stands for when its escapes are undone or its Base64 is decoded.</summary>
internal readonly ref struct SearchedText
{
    private readonly PositionMap? map;

    /// <summary>A text.</summary>
    /// <param name="bytes">UTF-8.</param>
    /// <param name="map">Where it stands in the file; null for the file itself.</param>
    /// <param name="depth">How often it was taken out of Base64.</param>
    /// <param name="label">What the text around says of it as a whole.</param>
    public SearchedText(ReadOnlySpan<byte> bytes, PositionMap? map = null, int depth = 0, CredentialLabel label = CredentialLabel.None)
    {
        Bytes = bytes;
        this.map = map;
        Depth = depth;
        Label = label;
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public int Depth { get; }

    /// <summary>What the text around says of this one as a whole.</summary>
    public CredentialLabel Label { get; }

    /// <summary>The map of this text, for one that is decoded from it.</summary>
    public PositionMap? Map => map;

    /// <summary>The offset in the file.</summary>
    public int Place(int at) => map?.InFile(at) ?? at;

    /// <summary>How many bytes of the file to point at: those that stand there as they are, or none.</summary>
    public int Extent(int at, int length) => Place(at + length - 1) - Place(at) == length - 1 ? length : 0;

    /// <summary>What the text before and after a value says that it is.</summary>
    public CredentialLabel LabelOf(int start, int end)
    {
        CredentialLabel label = CredentialLabels.Of(Bytes, start, end);
        return label == CredentialLabel.None && Label != CredentialLabel.None && IsBlank(Bytes.Slice(0, start)) && IsBlank(Bytes.Slice(end)) ? Label : label;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            if (!TokenCharacters.IsSpace(value) && !TokenCharacters.IsLineEnd(value))
            {
                return false;
            }
        }

        return true;
    }
}
