using System.Text;

namespace ProvableSec.Tool.Deployments;

/// <summary>Where the characters of a text begin among its bytes of UTF-8. They are asked for about in order, so that each place is counted on from the one
/// before.</summary>
internal sealed class BytePlaces(string text)
{
    private (int Character, int Byte) last;

    /// <summary>The byte that a character begins at.</summary>
    public int Of(int at)
    {
        last = at < last.Character ? (at, last.Byte - Encoding.UTF8.GetByteCount(text.AsSpan(at, last.Character - at)))
            : (at, last.Byte + Encoding.UTF8.GetByteCount(text.AsSpan(last.Character, at - last.Character)));
        return last.Byte;
    }
}
