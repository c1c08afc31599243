using System.Collections.Immutable;
using ProvableSec.Policy.Cases;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>A request in one line: caller, action, resource, then <c>of=ACCOUNT</c>, <c>key=value|value</c>, and <c>key!</c> for a key that is
/// absent.</summary>
internal static class RequestLine
{
    public static AccessRequest Read(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? owner = null;
        var context = ImmutableArray.CreateBuilder<ContextEntry>();
        foreach (string word in words.Skip(3))
        {
            int sign = word.IndexOfAny(['=', '!']);
            string key = word[..sign];
            if (key == "of")
            {
                owner = word[(sign + 1)..];
            }
            else
            {
                context.Add(new ContextEntry(key, key.ToLowerInvariant(), word[sign] == '!' ? [] : [.. word[(sign + 1)..].Split('|')]));
            }
        }

        PrincipalKind? kind = words[0] == "gitlab.example" ? PrincipalKind.Federated : null;
        CallerPrincipal caller = CallerPrincipal.TryParse(words[0].Replace('~', ' '), kind, out string problem) ?? throw new ArgumentException(problem);
        return new AccessRequest(caller, words[1], words[2], owner, context.ToImmutable());
    }
}
