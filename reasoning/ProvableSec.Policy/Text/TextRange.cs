namespace ProvableSec.Policy.Text;

/// <summary>A stretch of a text, in UTF-16 characters from its beginning.</summary>
/// <param name="Start">Offset of the first character.</param>
/// <param name="Length">Number of characters; 0 for a place between two characters.</param>
public readonly record struct TextRange(int Start, int Length)
{
    /// <summary>Offset just past the last character.</summary>
    public int End => Start + Length;

    /// <summary>The span from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public static TextRange FromBounds(int start, int end) => new(start, end - start);
}
