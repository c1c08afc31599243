using System.Text;

namespace ProvableSec.Rules.Credentials;

/// <summary>The secret part of an access key: forty characters of Base64, of which nothing is ever shown.</summary>
internal static class SecretAccessKey
{
    /// <summary>
    /// Whether a text that is used as a secret access key can be one. How random it looks does not matter here; examples of AWS's
    /// documentation and fillers of one character are none.
    /// </summary>
    public static bool HasForm(string text)
    {
        if (text.Length != SecretKeyShape.Length || text.IndexOf("EXAMPLE", StringComparison.Ordinal) >= 0)
        {
            return false;
        }

        bool filler = true;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            if (!TokenCharacters.IsToken(value))
            {
                return false;
            }

            filler &= value == text[0];
        }

        return !filler;
    }
}
