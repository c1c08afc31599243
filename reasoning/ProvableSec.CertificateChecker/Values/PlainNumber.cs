using System.Numerics;

namespace ProvableSec.CertificateChecker.Values;

/// <summary>A decimal number of any length, as digits and how many of them stand behind the point.</summary>
internal sealed record PlainNumber(BigInteger Digits, int Behind) : IComparable<PlainNumber>
{
    /// <summary>Reads an optional sign, digits and perhaps a point among them.</summary>
    public static PlainNumber? Read(string text)
    {
        string unsigned = text.Length > 0 && text[0] is '+' or '-' ? text.Substring(1) : text;
        string[] halves = unsigned.Split('.');
        string behind = halves.Length == 2 ? halves[1] : "";
        if (halves.Length > 2 || (halves[0] + behind).Length == 0 || !(halves[0] + behind).All(c => c is >= '0' and <= '9'))
        {
            return null;
        }

        BigInteger digits = BigInteger.Zero;
        foreach (char c in halves[0] + behind)
        {
            digits = (digits * 10) + (c - '0');
        }

        return new PlainNumber(text[0] == '-' ? -digits : digits, behind.Length);
    }

    /// <summary>The bounds, a number between each two neighbours, and one beyond either end.</summary>
    public static IEnumerable<PlainNumber> Classes(IEnumerable<PlainNumber> bounds)
    {
        var sorted = new SortedSet<PlainNumber>(bounds);
        if (sorted.Count == 0)
        {
            yield return new PlainNumber(0, 0);
            yield break;
        }

        yield return sorted.Min! with { Digits = sorted.Min!.Digits - 1 };
        PlainNumber? last = null;
        foreach (PlainNumber bound in sorted)
        {
            if (last is not null)
            {
                int scale = Math.Max(last.Behind, bound.Behind);
                yield return new PlainNumber((last.At(scale) + bound.At(scale)) * 5, scale + 1);
            }

            yield return bound;
            last = bound;
        }

        yield return last! with { Digits = last!.Digits + 1 };
    }

    public int CompareTo(PlainNumber? other)
    {
        int scale = Math.Max(Behind, other!.Behind);
        return At(scale).CompareTo(other.At(scale));
    }

    private BigInteger At(int scale) => Digits * BigInteger.Pow(10, scale - Behind);
}
