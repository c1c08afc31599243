using System.Buffers;
using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Batch;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Prove;

/// <summary>Reads a question, answers it, writes the answer, and counts.</summary>
internal sealed class QueryAnswerer(QueryReader reader, AnswerLimits limits, VerdictPolicy policy, IReadOnlyList<IQueryAnswerFormat> formats)
    : ILineAnswerer
{
    public ProveTally Tally { get; } = new();

    public void Answer(DocumentText line, int lineNumber, IReadOnlyList<IBufferWriter<byte>> answers, TextWriter messages)
    {
        JsonTree document = JsonTreeReader.Read(line);
        QueryReading reading = reader.Read(document.Root, document.Problems);
        if (reading.Query is not { } query)
        {
            ImmutableArray<PolicyProblem> why = RecognizedInput.InsteadOf(RecognizedInput.Question, document.Root) is { } other ? [other]
                : reading.Problems.RemoveAll(problem => !problem.IsError);
            Refuse(reading.Id, why, lineNumber, answers, messages);
            return;
        }

        AskedAnswer asked = limits.Ask(query);
        Tally.Add(asked.Query, asked.Answer, policy);
        for (int i = 0; i < formats.Count; i++)
        {
            formats[i].WriteAnswer(asked, lineNumber, answers[i]);
        }
    }

    public void Refuse(PolicyProblem problem, int lineNumber, IReadOnlyList<IBufferWriter<byte>> answers, TextWriter messages) =>
        Refuse(null, [problem], lineNumber, answers, messages);

    private void Refuse(string? id, ImmutableArray<PolicyProblem> problems, int lineNumber, IReadOnlyList<IBufferWriter<byte>> answers, TextWriter messages)
    {
        Tally.AddError();
        foreach (PolicyProblem problem in problems)
        {
            messages.WriteLine(ProblemText.Of(problem));
        }

        for (int i = 0; i < formats.Count; i++)
        {
            formats[i].WriteRefusal(lineNumber, id, problems, answers[i]);
        }
    }
}
