using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Documents;

/// <summary>A text that was made of pieces of another: a policy cut out of a template, with what is not known marked. Knows where each piece is from.</summary>
public sealed class MappedText
{
    private readonly Piece[] pieces;

    internal MappedText(string text, Piece[] pieces)
    {
        Text = text;
        this.pieces = pieces;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    internal IReadOnlyList<Piece> Pieces => pieces;

    /// <summary>The characters of the other text that characters of this one are from.</summary>
    public TextSpan SourceOf(TextSpan span)
    {
        TextSpan first = SourceOf(span.Start, end: false);
        return span.Length == 0 ? first with { Length = 0 } : TextSpan.FromBounds(first.Start, Math.Max(first.Start, SourceOf(span.End - 1, end: true).End));
    }

    private TextSpan SourceOf(int offset, bool end)
    {
        int low = 0, high = pieces.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (pieces[middle].Start <= offset)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        if (pieces.Length == 0)
        {
            return default;
        }

        Piece piece = pieces[low];
        return piece.IsCopy ? new TextSpan(piece.Source.Start + Math.Min(offset - piece.Start, piece.Source.Length - (end ? 1 : 0)), 1) : piece.Source;
    }

    /// <summary>A stretch of the text.</summary>
    /// <param name="Start">Where it begins; it ends where the next one begins.</param>
    /// <param name="Source">Where it is from.</param>
    /// <param name="IsCopy">True when it is the same characters.</param>
    internal readonly record struct Piece(int Start, TextSpan Source, bool IsCopy);
}
