using System.Text.RegularExpressions;
using ProvableSec.Policy.Json;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Pairing;

/// <summary>A policy and where it stands: on another side of a change it is known again by that.</summary>
/// <param name="File">The file, as messages write it.</param>
/// <param name="Place">The way to it in the file, by names and not by numbers in lists; empty for a file that is the policy.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Json">The JSON that it was found in.</param>
public sealed record PlacedPolicy(string File, string Place, FoundPolicy Policy, JsonTree Json)
{
    // What tells the items of a list apart: resources of plans, principals and policies of dumps, policies of roles.
    private static readonly string[] NamingMembers = ["PolicyName", "Arn", "address", "RoleName", "UserName", "GroupName", "Name", "name"];

    private static readonly Regex Words = new("\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.CultureInvariant);

    // What every policy has says nothing about which one it is.
    private static readonly HashSet<string> Grammar = new(
        ((string[])["Version", "2012-10-17", "2008-10-17", "Statement", "Effect", "Allow", "Deny", "Action", "NotAction", "Resource", "NotResource",
            "Principal", "Condition", "Sid", "AWS", "Service", "*"]).Select(word => $"\"{word}\""),
        StringComparer.Ordinal);

    private HashSet<string>? words;

    /// <summary>A policy of a file.</summary>
    public static PlacedPolicy Of(string file, FoundPolicy policy, JsonTree json) => new(file, PlaceOf(json.Root, policy.Pointer), policy, json);

    /// <summary>The texts in it, which say how alike two policies are.</summary>
    internal HashSet<string> WordsIn => words ??= new HashSet<string>(Words.Matches(Policy.Text.Text).Cast<Match>().Select(match => match.Value)
        .Where(word => !Grammar.Contains(word)), StringComparer.Ordinal);

    private static string PlaceOf(JsonItem root, string pointer)
    {
        var names = new List<string>();
        JsonItem? at = root;
        foreach (string step in pointer.Split('/').Skip(1).Select(step => step.Replace("~1", "/").Replace("~0", "~")))
        {
            if (at is { Kind: JsonKind.Array } list && int.TryParse(step, out int number))
            {
                List<JsonItem> items = list.Items();
                at = number < items.Count ? items[number] : null;
                names.Add(at is { Kind: JsonKind.Object } item ? NameOf(item) : "*");
            }
            else
            {
                at = at is { Kind: JsonKind.Object } value && value.TryGetProperty(step, out JsonItem found) ? found : null;
                names.Add(step);
            }
        }

        return string.Join("/", names);
    }

    private static string NameOf(JsonItem item)
    {
        foreach (string member in NamingMembers)
        {
            if (item.TryGetProperty(member, out JsonItem name) && name.Kind == JsonKind.String)
            {
                return name.Text;
            }
        }

        return "*";
    }
}
