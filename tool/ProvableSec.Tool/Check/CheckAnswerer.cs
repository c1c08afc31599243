using System.Buffers;
using System.Text.Encodings.Web;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Batch;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;
using Utf8JsonWriter = System.Text.Json.Utf8JsonWriter;

namespace ProvableSec.Tool.Check;

/// <summary>Answers a line of <c>check --batch</c>: <c>{"id","type","resourceType","policy"|"text"}</c>.</summary>
internal sealed class CheckAnswerer(CheckRequest request) : ILineAnswerer
{
    private static readonly System.Text.Json.JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The exit code of the lines so far.</summary>
    public int ExitCode { get; private set; }

    public int Lines { get; private set; }

    public int Findings { get; private set; }

    public void Answer(DocumentText line, int lineNumber, IReadOnlyList<IBufferWriter<byte>> answers, TextWriter messages) =>
        Answer(line, lineNumber, answers[0], messages);

    public void Refuse(PolicyProblem problem, int lineNumber, IReadOnlyList<IBufferWriter<byte>> answers, TextWriter messages) =>
        Refuse(problem, lineNumber, answers[0], messages);

    private void Answer(DocumentText line, int lineNumber, IBufferWriter<byte> answers, TextWriter messages)
    {
        JsonTree document = JsonTreeReader.Read(line);
        JsonItem root = document.Root;
        if (document.Problems.FirstOrDefault(problem => problem.IsError) is { } broken)
        {
            Refuse(broken, lineNumber, answers, messages);
            return;
        }

        string? id = root.TryGetProperty("id", out JsonItem idElement) ? idElement.Text : null;
        PolicyType? type = request.Type;
        if (root.TryGetProperty("type", out JsonItem typeElement) && (type = QuestionNames.TypeOf(typeElement.Text)) is null)
        {
            Refuse(typeElement.Problem(ProblemCode.InvalidValue,
                $"\"{Excerpt.Of(typeElement.Text)}\" is not a type; expected {string.Join(", ", QuestionNames.AllTypes)}"), lineNumber, answers, messages, id);
            return;
        }

        bool isText = false;
        if (!root.TryGetProperty("policy", out JsonItem policy) && !(isText = root.TryGetProperty("text", out policy)))
        {
            Refuse(root.Problem(ProblemCode.MissingElement, "the line has neither \"policy\" nor \"text\""), lineNumber, answers, messages, id);
            return;
        }

        PolicyContext context = request.Context with
        {
            ResourceType = root.TryGetProperty("resourceType", out JsonItem resourceType) ? resourceType.Text
                : request.ResourceType
        };
        // A policy in the line has its places in the line; a text its own, counted from 1.
        DocumentText source = isText ? new DocumentText(policy.Text, line.Name) : line;
        TextRange span = isText ? new TextRange(0, policy.Text.Length) : policy.Span;
        DocumentText cut = isText ? source : new DocumentText(line.Text.Substring(span.Start, span.Length), line.Name);
        IReadOnlyList<FoundPolicy> policies = PolicyDocuments.In(JsonTreeReader.Read(cut), type, context);
        Lines++;
        using var json = new Utf8JsonWriter(answers, Options);
        json.WriteStartObject();
        json.WriteNumber("v", 1);
        json.WriteString("id", id);
        json.WriteStartArray("findings");
        foreach (PolicyFinding finding in policies.SelectMany(found => found.Check()))
        {
            if (request.Ignores(finding.Rule))
            {
                continue;
            }

            Findings++;
            ExitCode = ExitCodes.Combine(ExitCode, request.CodeOf(finding));
            CheckFindingJson.Write(json, finding, ReportPlace.Of(source, finding.Span with { Start = finding.Span.Start + (isText ? 0 : span.Start) }));
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        answers.Write("\n"u8);
    }

    private void Refuse(PolicyProblem problem, int lineNumber, IBufferWriter<byte> answers, TextWriter messages, string? id = null)
    {
        ExitCode = ExitCodes.Combine(ExitCode, ExitCodes.BadInput);
        messages.WriteLine(ProblemText.Of(problem));
        using var json = new Utf8JsonWriter(answers, Options);
        json.WriteStartObject();
        json.WriteNumber("v", 1);
        json.WriteString("id", id ?? $"line {lineNumber}");
        RefusalJson.Write(json, [problem]);
        json.WriteEndObject();
        json.Flush();
        answers.Write("\n"u8);
    }
}
