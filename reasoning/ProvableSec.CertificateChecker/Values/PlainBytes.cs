using System.Text;

namespace ProvableSec.CertificateChecker.Values;

/// <summary>Bytes in base64, as a text of their bits.</summary>
internal static class PlainBytes
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static string? Read(string text)
    {
        string digits = text.EndsWith("==", StringComparison.Ordinal) ? text.Substring(0, text.Length - 2)
            : text.EndsWith("=", StringComparison.Ordinal) ? text.Substring(0, text.Length - 1)
            : text;
        if (text.Length % 4 != 0)
        {
            return null;
        }

        var bits = new StringBuilder();
        foreach (char c in digits)
        {
            int digit = Digits.IndexOf(c);
            if (digit < 0)
            {
                return null;
            }

            for (int bit = 5; bit >= 0; bit--)
            {
                bits.Append((digit >> bit) & 1);
            }
        }

        // What is left over beside whole bytes does not count.
        return bits.ToString(0, bits.Length / 8 * 8);
    }

    /// <summary>The values named, and one longer than each.</summary>
    public static IEnumerable<string> Classes(IEnumerable<string> bounds)
    {
        var all = new SortedSet<string>(bounds, StringComparer.Ordinal);
        return all.Concat([new string('0', (all.Count == 0 ? 0 : all.Max(b => b.Length)) + 8)]);
    }
}
