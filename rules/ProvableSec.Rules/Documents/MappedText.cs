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
    public TextRange SourceOf(TextRange span)
    {
        TextRange first = SourceOf(span.Start, end: false);
        return span.Length == 0 ? first with { Length = 0 } : TextRange.FromBounds(first.Start, Math.Max(first.Start, SourceOf(span.End - 1, end: true).End));
    }

    /// <summary>The same characters in the other text; null where they, or those around an empty span, are not a copy of neighbours there.</summary>
    public TextRange? CopiedFrom(TextRange span)
    {
        int first = Math.Max(0, span.Length == 0 ? span.Start - 1 : span.Start);
        int last = Math.Min(Text.Length - 1, span.Length == 0 ? span.Start : span.End - 1);
        int start = SourceOf(first, end: false).Start + span.Start - first;
        for (int i = 0; i < pieces.Length; i++)
        {
            int end = i + 1 < pieces.Length ? pieces[i + 1].Start : Text.Length;
            Piece piece = pieces[i];
            if (end > first && piece.Start <= last && (!piece.IsCopy || piece.Source.Start - piece.Start != start - span.Start))
            {
                return null;
            }
        }

        return Text.Length == 0 ? null : span with { Start = start };
    }

    /// <summary>The same text with its places in the text that the other one was made of.</summary>
    /// <param name="other">How the text was made that the pieces are from.</param>
    internal MappedText Through(MappedText other)
    {
        var through = new List<Piece>();
        for (int i = 0; i < pieces.Length; i++)
        {
            Piece piece = pieces[i];
            if (!piece.IsCopy)
            {
                through.Add(piece with { Source = other.SourceOf(piece.Source) });
                continue;
            }

            int end = piece.Source.Start + (i + 1 < pieces.Length ? pieces[i + 1].Start : Text.Length) - piece.Start;
            for (int at = piece.Source.Start, index = other.PieceAt(at); at < end; index++)
            {
                Piece from = other.pieces[index];
                int next = Math.Min(end, index + 1 < other.pieces.Length ? other.pieces[index + 1].Start : other.Text.Length);
                through.Add(new Piece(piece.Start + at - piece.Source.Start,
                    from.IsCopy ? TextRange.FromBounds(from.Source.Start + at - from.Start, from.Source.Start + next - from.Start) : from.Source, from.IsCopy));
                at = next;
            }
        }

        return new MappedText(Text, [.. through]);
    }

    private int PieceAt(int offset)
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

        return low;
    }

    private TextRange SourceOf(int offset, bool end)
    {
        if (pieces.Length == 0)
        {
            return default;
        }

        Piece piece = pieces[PieceAt(offset)];
        return piece.IsCopy ? new TextRange(piece.Source.Start + Math.Min(offset - piece.Start, piece.Source.Length - (end ? 1 : 0)), 1) : piece.Source;
    }

    /// <summary>A stretch of the text.</summary>
    /// <param name="Start">Where it begins; it ends where the next one begins.</param>
    /// <param name="Source">Where it is from.</param>
    /// <param name="IsCopy">True when it is the same characters.</param>
    internal readonly record struct Piece(int Start, TextRange Source, bool IsCopy);
}
