using System.Text.Json;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Access;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Ask;

/// <summary>The answer as one JSON object, or an object a line: each line, each undecided entry, then the rest.</summary>
internal sealed class JsonAccessReport(bool lines) : IReport<AskResult>
{
    public void Write(AskResult result, CommandConsole console)
    {
        (string asked, AccessAnswer answer, IReadOnlyList<string> warnings) = result;
        using var json = new Utf8JsonWriter(console.Output, new JsonWriterOptions { Indented = !lines });
        if (!lines)
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("asked", asked);
            json.WriteStartArray("lines");
            for (int i = 0; i < answer.Lines.Length; i++)
            {
                json.WriteStartObject();
                WriteLine(json, i, answer.Lines[i]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("undecided");
            foreach (UndecidedAccess undecided in answer.Undecided)
            {
                json.WriteStartObject();
                WriteUndecided(json, undecided);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("stopped");
            foreach (StoppedAccess stopped in answer.Stopped)
            {
                json.WriteStartObject();
                WriteStopped(json, stopped);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteRest(json, answer, warnings);
            json.WriteEndObject();
            json.Flush();
            console.Output.WriteByte((byte)'\n');
            return;
        }

        for (int i = 0; i < answer.Lines.Length; i++)
        {
            int number = i;
            Line("line", () => WriteLine(json, number, answer.Lines[number]));
        }

        foreach (UndecidedAccess undecided in answer.Undecided)
        {
            Line("undecided", () => WriteUndecided(json, undecided));
        }

        foreach (StoppedAccess stopped in answer.Stopped)
        {
            Line("stopped", () => WriteStopped(json, stopped));
        }

        Line("summary", () =>
        {
            json.WriteString("asked", asked);
            WriteRest(json, answer, warnings);
        });

        void Line(string kind, Action write)
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("kind", kind);
            write();
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            console.Output.WriteByte((byte)'\n');
        }
    }

    /// <summary>The id that the questions of a line have in the file of <c>--prove</c>.</summary>
    public static string IdOf(int line) => $"line-{line + 1}";

    private static void WriteLine(Utf8JsonWriter json, int number, AccessLine line)
    {
        json.WriteString("id", IdOf(number));
        WriteStrings(json, "principals", line.Principals);
        WriteStatement(json, line.Grant);
        json.WriteString("resourceAccount", line.ResourceAccount ?? "own");
        json.WriteStartArray("except");
        foreach (Statement except in line.Except)
        {
            json.WriteStartObject();
            if (except.Sid is { } sid)
            {
                json.WriteString("sid", sid);
            }

            WriteStatement(json, except);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("proved", line.Undecided is null);
        if (line.Undecided is { } reason)
        {
            json.WriteString("reason", reason);
        }

        json.WritePropertyName("witness");
        AnswerJson.WriteWitness(json, line.Witness);
    }

    private static void WriteStatement(Utf8JsonWriter json, Statement statement)
    {
        WriteStrings(json, statement.Action.IsNot ? "notActions" : "actions", statement.Action.Patterns.Select(p => p.Text));
        WriteStrings(json, statement.Resource is { IsNot: true } ? "notResources" : "resources", statement.Resource?.Patterns.Select(p => p.Text) ?? ["*"]);
        json.WriteStartArray("conditions");
        foreach (Condition condition in statement.Conditions)
        {
            json.WriteStartObject();
            json.WriteString("operator", condition.Operator.Name);
            json.WriteString("key", condition.Key);
            WriteStrings(json, "values", condition.Values.Select(v => v.Text));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteUndecided(Utf8JsonWriter json, UndecidedAccess undecided)
    {
        WriteStrings(json, "principals", undecided.Principals);
        json.WriteString("reason", undecided.Reason);
    }

    private static void WriteStopped(Utf8JsonWriter json, StoppedAccess stopped)
    {
        WriteStrings(json, "principals", stopped.Principals);
        json.WriteStartArray("by");
        foreach (AccessStop stop in stopped.By)
        {
            json.WriteStartObject();
            json.WriteString("layer", PolicyLayers.Of(stop.Layer).Name);
            if (stop.Level is { } level)
            {
                json.WriteNumber("level", level);
            }

            WriteStrings(json, "policies", stop.Policies.Select(policy => policy.Source.Name));
            if (stop.Statement is { } statement)
            {
                json.WriteNumber("statement", statement.Index);
                json.WriteString("sid", statement.Sid);
            }

            json.WriteBoolean("denies", stop.Denies);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRest(Utf8JsonWriter json, AccessAnswer answer, IReadOnlyList<string> warnings)
    {
        json.WriteNumber("principals", answer.Asked);
        json.WriteNumber("stacks", answer.Stacks);
        WriteStrings(json, "assumptions", answer.Assumptions);
        WriteStrings(json, "warnings", warnings);
        WriteStrings(json, "notes", AskNotes.All);
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
