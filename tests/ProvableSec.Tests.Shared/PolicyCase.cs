using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProvableSec.Tests;

/// <summary>A document that a check must report, or must not: <c>Cases/CODE.json</c> or <c>Cases/ID.json</c> of the tests of rules.</summary>
/// <param name="Type">The policy's type, in the words of the query format.</param>
/// <param name="Policy">The policy, or its text where that is not as JSON is usually written; <c>&lt;N&gt;</c> in it stands for N letters,
/// <c>&lt;spacesN&gt;</c> for N spaces.</param>
/// <param name="At">The pointer of the finding; null for a near miss.</param>
/// <param name="ResourceType">The type of its resource.</param>
/// <param name="ScpDialect"><c>2019</c> for the SCP language of before 2025-09-19.</param>
/// <param name="ForUser">Whether it is a policy of an IAM user.</param>
/// <param name="UnusedServices">Services that, as Access Advisor knows, are not used.</param>
public sealed partial record PolicyCase(
    string Type,
    JsonNode Policy,
    string? At = null,
    string? ResourceType = null,
    string? ScpDialect = null,
    bool ForUser = false,
    string[]? UnusedServices = null)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    /// <summary>The text with what stands for many characters written out.</summary>
    public string Text => Many().Replace(Shown, match => new string(match.Groups[1].Success ? ' ' : 'x', int.Parse(match.Groups[2].Value)));

    /// <summary>The text as the page of the rule shows it.</summary>
    public string Shown => Policy is JsonValue text ? (string)text! : Policy.ToJsonString(Written);

    /// <summary>Whether its text is that of an object.</summary>
    public bool IsNeedlesslyText
    {
        get
        {
            try
            {
                return Policy is JsonValue && JsonNode.Parse(Shown) is JsonObject policy && policy.ToJsonString(Written) == Shown;
            }
            catch (Exception e) when (e is JsonException or ArgumentException)
            {
                // Not JSON, or a member twice.
                return false;
            }
        }
    }

    public static string Folder { get; } = Repository.Path("tests/ProvableSec.Rules.Tests/Policies/Cases");

    /// <summary>The cases of a rule.</summary>
    /// <param name="name">What its file is called: the code of IAM Access Analyzer, else the id of the rule.</param>
    public static (PolicyCase[] Triggers, PolicyCase[] NearMisses) Of(string name)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        return (Read("triggers"), Read("nearMisses"));

        PolicyCase[] Read(string member) => file.RootElement.GetProperty(member).Deserialize<PolicyCase[]>(Options)!;
    }

    [GeneratedRegex("<(spaces)?([0-9]+)>")]
    private static partial Regex Many();
}
