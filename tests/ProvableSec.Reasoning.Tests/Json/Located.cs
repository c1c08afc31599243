using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Json;

/// <summary>Problems as a user sees them: <c>line:column message</c>.</summary>
internal static class Located
{
    public static string[] Json(string text) => Lines(JsonTreeReader.Read(new DocumentText(text)).Problems);

    public static string[] Policy(string text) => Lines(PolicyReader.Read(new DocumentText(text)).Problems);

    public static string[] Lines(IEnumerable<PolicyProblem> problems) => [.. problems.Select(p => $"{p.Position} {p.Message}")];
}
