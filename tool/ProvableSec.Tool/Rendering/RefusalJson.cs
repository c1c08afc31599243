using System.Collections.Immutable;
using System.Text.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Rendering;

/// <summary>The members <c>error</c> and <c>problems</c> of an answer to something that cannot be read.</summary>
internal static class RefusalJson
{
    public static void Write(Utf8JsonWriter json, ImmutableArray<PolicyProblem> problems)
    {
        json.WriteString("error", problems[0].Message);
        WriteProblems(json, "problems", problems);
    }

    public static void WriteProblems(Utf8JsonWriter json, string name, IEnumerable<PolicyProblem> problems)
    {
        json.WriteStartArray(name);
        foreach (PolicyProblem problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("file", problem.File);
            json.WriteNumber("line", problem.Position.Line);
            json.WriteNumber("column", problem.Position.Column);
            json.WriteString("pointer", problem.Pointer);
            json.WriteString("message", problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
