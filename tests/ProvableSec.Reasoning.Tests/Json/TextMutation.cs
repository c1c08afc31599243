using System.Text;

namespace ProvableSec.Reasoning.Tests.Json;

/// <summary>Damages a text as careless hands, bad merges and broken transports do.</summary>
internal sealed class TextMutation(Random random)
{
    private static readonly string[] Inserts =
    [
        "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "\\u", "\\u00", "//", "/*", "*/", "#", "\n", "\r", "\r\n", "\t", "\0", "\u001b", " ",
        "null", "true", "false", "0", "-", "1e9", ".", "${", "}", "*", "\uFEFF", "\u2028", "\u00e9", "\U0001F600", "\uD83D", "\uDE00", "\\ud83d", "\\\"",
        "\"Effect\"", "\"Statement\":", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":",
    ];

    public string Next()
    {
        string text = Seed();
        for (int i = 1 + random.Next(random.Next(4) == 0 ? 12 : 3); i > 0; i--)
        {
            text = Mutate(text);
        }

        return text;
    }

    /// <summary>A seed as bytes, some of them changed: often no longer text at all.</summary>
    public byte[] NextBytes()
    {
        string text = random.Next(2) == 0 ? Seed() : Next();
        byte[] bytes = random.Next(8) switch
        {
            0 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            1 => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
            2 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            _ => Encoding.UTF8.GetBytes(text),
        };
        for (int i = random.Next(3); i > 0 && bytes.Length > 0; i--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(3))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                default: bytes = bytes[..at]; break;
            }
        }

        return bytes;
    }

    private string Seed() => SeedPolicies.All[random.Next(SeedPolicies.All.Length)];

    private string Mutate(string text)
    {
        int at = random.Next(text.Length + 1);
        int length = random.Next(Math.Min(text.Length - at, 1 << random.Next(8)) + 1);
        switch (random.Next(10))
        {
            case 0 when at < text.Length:
                return string.Concat(text.AsSpan(0, at), ((char)(text[at] ^ (1 << random.Next(16)))).ToString(), text.AsSpan(at + 1));
            case 1 when at < text.Length:
                return string.Concat(text.AsSpan(0, at), ((char)random.Next(128)).ToString(), text.AsSpan(at + 1));
            case 2:
                return text.Remove(at, length);
            case 3:
                return text.Insert(at, text.Substring(at, length));
            case 4:
                string other = Seed();
                return string.Concat(text.AsSpan(0, at), other.AsSpan(random.Next(other.Length)));
            case 5:
                return random.Next(4) == 0 ? text[..at] : text;
            case 6 or 7:
                return MutateTokens(text);
            default:
                return text.Insert(at, Inserts[random.Next(Inserts.Length)]);
        }
    }

    /// <summary>Removes, doubles or exchanges whole tokens: the damage that is left after a merge.</summary>
    private string MutateTokens(string text)
    {
        List<string> tokens = Tokens(text);
        if (tokens.Count < 2)
        {
            return text;
        }

        int a = random.Next(tokens.Count), b = random.Next(tokens.Count);
        switch (random.Next(5))
        {
            case 0: tokens.RemoveAt(a); break;
            case 1: tokens.Insert(a, tokens[b]); break;
            case 2: (tokens[a], tokens[b]) = (tokens[b], tokens[a]); break;
            case 3: tokens[a] = Inserts[random.Next(Inserts.Length)]; break;
            default: tokens.RemoveRange(Math.Min(a, b), Math.Min(Math.Abs(a - b), 6)); break;
        }

        return string.Concat(tokens);
    }

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (int at = 0, start = 0; at < text.Length; start = at)
        {
            if (text[at] == '"')
            {
                for (at++; at < text.Length && text[at] != '"'; at++)
                {
                    at += text[at] == '\\' ? 1 : 0;
                }

                at = Math.Min(at + 1, text.Length);
            }
            else if (char.IsLetterOrDigit(text[at]))
            {
                while (at < text.Length && char.IsLetterOrDigit(text[at]))
                {
                    at++;
                }
            }
            else
            {
                at++;
            }

            tokens.Add(text[start..at]);
        }

        return tokens;
    }
}
