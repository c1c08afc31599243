using System.Text;
using CsCheck;

namespace ProvableSec.Tests;

/// <summary>Texts with pieces cut out, doubled, moved, and replaced by what one reader or another would choke on.</summary>
public static class DamagedText
{
    private static readonly string[] Bombs =
    [
        "[", "{", "}", "]", "\"", "\\", ",", ":", "*", "${", "}", "&a ", "*a", "!Sub ", "\n", "\r", "\0", "\ufeff", "\u202e", "'", "- ", "? ", "|\n", "<<: *a",
            "# provablesec: PSEC3005 until 2027-01-01 because x\n", "---\n",
        "1e999999999", new string('9', 2000), new string('[', 200), string.Concat(Enumerable.Repeat("{\"a\":", 200)), new string('*', 3000),
            string.Concat(Enumerable.Repeat("${", 2000)), "\\ud800", "null", "true", "-0", "0x1F",
        "::/0", "%00", "%7B", "2012-10-17", "Fn::Sub", "Ref", "Statement", "Version", "*?*?*?*?*?*?*", "9999-99-99T99:99:99Z", "-9223372036854775809",
    ];

    /// <summary>A text with one to six damages.</summary>
    public static Gen<string> Of(string text) =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20], Gen.Int[0, Bombs.Length - 1]).Array[1, 6].Select(edits => Damaged(text, edits));

    private static string Damaged(string text, (int How, int From, int To, int Bomb)[] edits)
    {
        var damaged = new StringBuilder(text);
        foreach ((int how, int from, int to, int bomb) in edits)
        {
            int at = from % (damaged.Length + 1), length = Math.Min(to % 40, damaged.Length - at);
            switch (how)
            {
                case 0:
                    damaged.Remove(at, length);
                    break;
                case 1:
                    damaged.Insert(to % (damaged.Length + 1), damaged.ToString(at, length));
                    break;
                case 2:
                    damaged.Length = Math.Max(at, damaged.Length / 2);
                    break;
                case 3:
                    damaged.Remove(at, length).Insert(at, Bombs[bomb]);
                    break;
                default:
                    damaged.Insert(at, Bombs[bomb]);
                    break;
            }
        }

        return damaged.ToString();
    }
}
