namespace ProvableSec.Policy.Evaluation;

/// <summary>A decimal number of any length: sign, digits, point, digits. <c>1.0</c> equals <c>1</c>, and <c>-0</c> equals <c>0</c>.</summary>
internal readonly ref struct DecimalNumber
{
    private readonly bool negative;
    private readonly ReadOnlySpan<char> whole;
    private readonly ReadOnlySpan<char> fraction;

    private DecimalNumber(bool negative, ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction)
    {
        this.whole = whole.TrimStart('0');
        this.fraction = fraction.TrimEnd('0');
        this.negative = negative && !(this.whole.IsEmpty && this.fraction.IsEmpty);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out DecimalNumber number)
    {
        number = default;
        bool negative = !text.IsEmpty && text[0] == '-';
        if (!text.IsEmpty && text[0] is '-' or '+')
        {
            text = text.Slice(1);
        }

        int point = -1, digits = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is >= '0' and <= '9')
            {
                digits++;
            }
            else if (text[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        if (digits == 0)
        {
            return false;
        }

        number = point < 0 ? new DecimalNumber(negative, text, default) : new DecimalNumber(negative, text.Slice(0, point), text.Slice(point + 1));
        return true;
    }

    public int CompareTo(DecimalNumber other)
    {
        if (negative != other.negative)
        {
            return negative ? -1 : 1;
        }

        int size = whole.Length != other.whole.Length ? whole.Length.CompareTo(other.whole.Length) : whole.SequenceCompareTo(other.whole);
        size = size != 0 ? size : fraction.SequenceCompareTo(other.fraction);
        return negative ? -size : size;
    }
}
