using System.Numerics;

namespace ProvableSec.Reasoning.Values;

/// <summary>
/// A decimal number of any length: a whole number and how many of its digits stand behind the point. Nothing is ever rounded,
/// since a proof that takes two numbers for one is wrong. Moments are numbers too: seconds since 1970.
/// </summary>
internal readonly struct ExactNumber : IComparable<ExactNumber>
{
    // At most this many digits are taken at once.
    private const int MostScale = 1_000_000_000;

    private readonly BigInteger digits;
    private readonly int behindPoint;

    public ExactNumber(BigInteger digits, int behindPoint)
    {
        // 1.0 is 1: equal numbers are written in one way.
        while (behindPoint > 0 && digits % 10 == 0)
        {
            digits /= 10;
            behindPoint--;
        }

        this.digits = digits;
        this.behindPoint = behindPoint;
    }

    public bool IsWhole => behindPoint == 0;

    /// <summary>Reads sign, digits, point, digits; at least one digit, and nothing else.</summary>
    public static bool TryParse(string text, out ExactNumber number)
    {
        number = default;
        BigInteger digits = 0;
        int count = 0, behind = -1, part = 0, scale = 1;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is >= '0' and <= '9')
            {
                part = (part * 10) + (c - '0');
                scale *= 10;
                if (scale == MostScale)
                {
                    digits = (digits * scale) + part;
                    part = 0;
                    scale = 1;
                }

                count++;
                behind += behind >= 0 ? 1 : 0;
            }
            else if (c == '.' && behind < 0)
            {
                behind = 0;
            }
            else if (i > 0 || c is not ('-' or '+'))
            {
                return false;
            }
        }

        if (count == 0)
        {
            return false;
        }

        digits = (digits * scale) + part;
        number = new ExactNumber(text[0] == '-' ? -digits : digits, Math.Max(behind, 0));
        return true;
    }

    public ExactNumber Plus(ExactNumber other)
    {
        int scale = Math.Max(behindPoint, other.behindPoint);
        return new ExactNumber(At(scale) + other.At(scale), scale);
    }

    public ExactNumber Minus(ExactNumber other) => Plus(new ExactNumber(-other.digits, other.behindPoint));

    /// <summary>The number halfway to another.</summary>
    public ExactNumber Halfway(ExactNumber other)
    {
        int scale = Math.Max(behindPoint, other.behindPoint);
        return new ExactNumber((At(scale) + other.At(scale)) * 5, scale + 1);
    }

    /// <summary>The largest number with that many digits behind the point that is not larger than this one.</summary>
    public ExactNumber Floor(int places)
    {
        if (behindPoint <= places)
        {
            return this;
        }

        var unit = BigInteger.Pow(10, behindPoint - places);
        BigInteger whole = BigInteger.DivRem(digits, unit, out BigInteger rest);
        return new ExactNumber(rest.Sign < 0 ? whole - 1 : whole, places);
    }

    public int CompareTo(ExactNumber other)
    {
        int scale = Math.Max(behindPoint, other.behindPoint);
        return At(scale).CompareTo(other.At(scale));
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (behindPoint == 0)
        {
            return digits.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        string text = BigInteger.Abs(digits).ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(behindPoint + 1, '0');
        return (digits.Sign < 0 ? "-" : "") + text.Substring(0, text.Length - behindPoint) + "." + text.Substring(text.Length - behindPoint);
    }

    private BigInteger At(int scale) => digits * BigInteger.Pow(10, scale - behindPoint);
}
