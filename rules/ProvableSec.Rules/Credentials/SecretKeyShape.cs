namespace ProvableSec.Rules.Credentials;

/// <summary>
/// How random forty characters look. The thresholds were chosen for keys drawn at random: of those, what stands at a place meant for a secret
/// misses one in fifty thousand, and what stands alone one in thirty.
/// </summary>
internal readonly struct SecretKeyShape
{
    /// <summary>The number of characters of a secret access key.</summary>
    public const int Length = 40;

    private const int FewestDifferent = 12, FewestTransitions = 11, FewestCapitalPairs = 3, MostDigitsOfName = 2;
    private const int FewestTransitionsAlone = 17;
    private const double LeastEntropyAlone = 4.25;

    private readonly bool hex;
    private readonly bool example;
    private readonly int classes;
    private readonly int transitions;
    private readonly int different;
    private readonly double entropy;
    private readonly bool words;
    private readonly bool name;

    public SecretKeyShape(ReadOnlySpan<byte> text)
    {
        Span<byte> counts = stackalloc byte[128];
        Span<byte> ofClass = stackalloc byte[5];
        hex = true;
        int previous = 0, lowerRun = 0, capitalPairs = 0;
        foreach (byte value in text)
        {
            int kind = TokenCharacters.ClassOf(value);
            hex &= TokenCharacters.IsHex(value);
            counts[value & 0x7f]++;
            ofClass[kind]++;
            transitions += previous != 0 && kind != previous ? 1 : 0;
            lowerRun = kind == 2 ? lowerRun + 1 : 0;
            capitalPairs += kind == 1 && previous == 1 ? 1 : 0;
            // Seven lower-case letters in a row are in one key of thirty, and in nearly every path or name.
            words |= lowerRun > 6;
            previous = kind;
        }

        foreach (byte count in counts)
        {
            if (count > 0)
            {
                different++;
                double share = count / (double)text.Length;
                entropy -= share * Math.Log(share, 2);
            }
        }

        foreach (byte count in ofClass)
        {
            classes += count > 0 ? 1 : 0;
        }

        // "Ec2CdkStack/EC2Server1/VPC/publicSubnet1": a path of names, of words longer than chance makes them.
        // So is "AValue+ANumberOfMilliSeconds/MSecsPerDay", a sum of them; a key without a digit is one of nine hundred.
        words |= (counts['+'] == 0 || ofClass[3] == 0) && IsPathOfNames(text);
        // "TheNameOfAThing", "a/path/to/it": capitals stand alone, and nothing but letters and slashes.
        bool lettered = counts['+'] == 0 && capitalPairs < FewestCapitalPairs;
        name = lettered && ofClass[3] == 0;
        // "TheNameOfThing12": one key in five hundred looks so.
        words |= lettered && ofClass[3] <= MostDigitsOfName;
        example = text.IndexOf("EXAMPLE"u8) >= 0;
    }

    /// <summary>At a place meant for a secret, or beside an access key ID: not a hash in hex, no example of AWS's, no name or path.</summary>
    public bool IsSecret => !hex && !example && !name && different >= FewestDifferent && transitions >= FewestTransitions;

    /// <summary>With nothing beside it.</summary>
    public bool IsSecretAlone => IsSecret && !words && classes >= 3 && transitions >= FewestTransitionsAlone && entropy >= LeastEntropyAlone;

    /// <summary>
    /// Names between slashes or other signs, each begun by a letter. A word is capitals, small letters with at most one capital in front, or digits: in names
    /// it has
    /// three characters and more on average, in keys drawn at random fewer than two.
    /// </summary>
    private static bool IsPathOfNames(ReadOnlySpan<byte> text)
    {
        const int FewestSlashes = 2;
        const double ShortestWord = 2.4;
        int slashes = 0, wordCount = 0, previous = 4, capitals = 0;
        foreach (byte value in text)
        {
            int kind = TokenCharacters.ClassOf(value);
            if (kind == 4)
            {
                slashes++;
            }
            else if (kind != previous)
            {
                if (previous == 4 && kind == 3)
                {
                    return false;
                }

                // The last of some capitals is the first letter of the word of small ones behind it.
                wordCount += kind == 2 && previous == 1 && capitals == 1 ? 0 : 1;
            }

            capitals = kind == 1 ? capitals + 1 : 0;
            previous = kind;
        }

        return slashes >= FewestSlashes && (text.Length - slashes) / (double)wordCount >= ShortestWord;
    }
}
