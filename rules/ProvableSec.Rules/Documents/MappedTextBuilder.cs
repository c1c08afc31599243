using System.Text;
using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Documents;

/// <summary>Makes a <see cref="MappedText"/> piece by piece.</summary>
internal sealed class MappedTextBuilder
{
    private readonly StringBuilder text = new();
    private readonly List<MappedText.Piece> pieces = [];

    /// <summary>Characters so far.</summary>
    public int Length => text.Length;

    /// <summary>Adds characters as they stand in the other text.</summary>
    public MappedTextBuilder Copy(string source, TextRange span)
    {
        pieces.Add(new MappedText.Piece(text.Length, span, true));
        text.Append(source, span.Start, span.Length);
        return this;
    }

    /// <summary>Adds characters that something of the other text stands for.</summary>
    public MappedTextBuilder Add(string characters, TextRange source)
    {
        if (characters.Length > 0)
        {
            pieces.Add(new MappedText.Piece(text.Length, source, false));
            text.Append(characters);
        }

        return this;
    }

    /// <summary>Adds a text with the places that it has.</summary>
    public MappedTextBuilder Append(MappedText other)
    {
        foreach (MappedText.Piece piece in other.Pieces)
        {
            pieces.Add(piece with { Start = text.Length + piece.Start });
        }

        text.Append(other.Text);
        return this;
    }

    /// <summary>The text so far.</summary>
    public MappedText Build() => new(text.ToString(), [.. pieces]);
}
