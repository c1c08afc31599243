using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProvableSec.Rules;

/// <summary>Names texts by their SHA-256.</summary>
internal static class TextHash
{
    /// <summary>The hash of a text, as UTF-8, in 64 hexadecimal digits.</summary>
    public static string Of(string text)
    {
        using var algorithm = SHA256.Create();
        byte[] hash = algorithm.ComputeHash(Encoding.UTF8.GetBytes(text));
        var hex = new StringBuilder(2 * hash.Length);
        foreach (byte value in hash)
        {
            hex.Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }

        return hex.ToString();
    }
}
