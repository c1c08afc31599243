namespace ProvableSec.Policy.Model;

/// <summary>
/// Where variables of a pattern end: at the closing brace; one inside a quoted default does not count, and quotes mean something after the comma only. One pass
/// over
/// the text serves all of its variables, however many are never closed.
/// </summary>
internal sealed class VariableEnds
{
    private readonly int[] nextComma;
    private readonly int[] nextBrace;

    // The next brace before which, from the beginning of the text, stands an even or an odd number of quotes.
    private readonly int[] nextEven;
    private readonly int[] nextOdd;
    private readonly bool[] isOdd;

    public VariableEnds(string text)
    {
        int length = text.Length;
        nextComma = new int[length + 1];
        nextBrace = new int[length + 1];
        nextEven = new int[length + 1];
        nextOdd = new int[length + 1];
        isOdd = new bool[length + 1];
        for (int i = 0; i < length; i++)
        {
            isOdd[i + 1] = isOdd[i] ^ text[i] == '\'';
        }

        nextComma[length] = nextBrace[length] = nextEven[length] = nextOdd[length] = -1;
        for (int i = length - 1; i >= 0; i--)
        {
            bool isBrace = text[i] == '}';
            nextComma[i] = text[i] == ',' ? i : nextComma[i + 1];
            nextBrace[i] = isBrace ? i : nextBrace[i + 1];
            nextEven[i] = isBrace && !isOdd[i] ? i : nextEven[i + 1];
            nextOdd[i] = isBrace && isOdd[i] ? i : nextOdd[i + 1];
        }
    }

    /// <summary>The closing brace of the variable that begins there, behind its opening one; -1 for none.</summary>
    public int Of(int from)
    {
        int comma = nextComma[from], brace = nextBrace[from];
        return comma < 0 || (brace >= 0 && brace < comma) ? brace
            : isOdd[comma] ? nextOdd[comma] : nextEven[comma];
    }
}
