namespace ProvableSec.Rules.Deployments;

/// <summary>Whether a name says that its value is a secret: by its last words, in any spelling (<c>DB_PASSWORD</c>, <c>dbPassword</c>,
/// <c>api-key</c>).</summary>
internal static class SecretName
{
    /// <summary>Last words that are enough.</summary>
    private static readonly string[] Words = ["password", "passwd", "pwd", "passphrase", "secret", "token", "apikey", "secretkey", "privatekey", "psk"];

    /// <summary>Words before <c>key</c> that make it a secret one.</summary>
    private static readonly string[] Keys = ["api", "secret", "private", "signing", "encryption", "auth", "shared", "preshared", "master"];

    /// <summary>First words of switches and of rules for passwords.</summary>
    private static readonly string[] Switches = ["enable", "disable", "use", "has", "is", "allow", "require", "generate", "rotate", "create", "reset", "change",
        "manage", "min", "max", "no", "skip", "existing", "next"];

    /// <summary>Tokens that are not secrets.</summary>
    private static readonly string[] Harmless = ["next", "continuation", "pagination", "cancellation", "public", "csrf"];

    /// <summary>Whether it is the name of a secret.</summary>
    public static bool Is(string name)
    {
        List<string> words = WordsOf(name);
        if (words.Count == 0 || Array.IndexOf(Switches, words[0]) >= 0)
        {
            return false;
        }

        string last = words[words.Count - 1], before = words.Count > 1 ? words[words.Count - 2] : "";
        return last == "key" ? Array.IndexOf(Keys, before) >= 0
            : last == "pass" ? before.Length > 0
            : Array.Exists(Words, word => last == word || (word.Length > 3 && last.EndsWith(word, StringComparison.Ordinal)))
            && Array.IndexOf(Harmless, before) < 0;
    }

    /// <summary>Whether it is that of a password, which is never the name of something else.</summary>
    public static bool IsOfPassword(string name) => WordsOf(name) is { Count: > 0 } words && words[words.Count - 1] is var last
        && (last is "pwd" or "pass" || last.EndsWith("password", StringComparison.Ordinal) || last.EndsWith("passwd", StringComparison.Ordinal)
            || last.EndsWith("passphrase", StringComparison.Ordinal));

    /// <summary>Whether it is that of a directory's password, or of one to bind with.</summary>
    public static bool IsOfDirectory(string name) => WordsOf(name) is var words
        && words.Exists(word => word is "ldap" or "ldaps" or "bind" || word.StartsWith("ldap", StringComparison.Ordinal)
            || word.StartsWith("bind", StringComparison.Ordinal));

    /// <summary>The words of a name, in small letters.</summary>
    private static List<string> WordsOf(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool ends = i == name.Length || !char.IsLetterOrDigit(name[i]);
            // A capital behind a small letter begins a word, and the last of several capitals before a small one does: APIKey.
            bool begins = !ends && i > start && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if ((ends || begins) && i > start)
            {
                words.Add(name.Substring(start, i - start).ToLowerInvariant());
            }

            start = ends ? i + 1 : begins ? i : start;
        }

        return words;
    }
}
