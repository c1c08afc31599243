using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Batch;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Simulate;

/// <summary>Reads a case, decides it, writes the answer, and counts.</summary>
internal sealed class SimulateAnswerer(CaseReader reader, StackCache stacks, Reading readings, IReadOnlyList<IAnswerFormat> formats) : ILineAnswerer
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    // What the line at hand has between its id and its request, where that recurs and is not known.
    private (byte[] Line, int From, int To)? recurring;
    private char[] characters = new char[1 << 10];

    public SimulateTally Tally { get; } = new();

    public bool TryAnswer(ReadOnlySpan<byte> line, IReadOnlyList<IBufferWriter<byte>> answers)
    {
        recurring = null;
        if (!StackCache.TryCut(line, out int from, out int to))
        {
            return false;
        }

        if (stacks.Find(line[from..to], out bool isRecurring) is not { } stack)
        {
            recurring = isRecurring ? (line.ToArray(), from, to) : null;
            return false;
        }

        if (TryDecode(line[..from], line[to..]) is not { } rest || reader.ReadBeside(stack, new DocumentText(rest)) is not { } asked)
        {
            return false;
        }

        Decide(asked, answers);
        return true;
    }

    public void Answer(DocumentText line, int lineNumber, IReadOnlyList<IBufferWriter<byte>> answers, TextWriter messages) =>
        Answer(line, lineNumber, "", answers, messages);

    /// <summary>Answers a case that was cut out of a document.</summary>
    /// <param name="text">The case.</param>
    /// <param name="lineNumber">The line it begins at.</param>
    /// <param name="pointer">Its place in the document, which the pointers of problems begin with.</param>
    /// <param name="answers">For each output, takes the answer.</param>
    /// <param name="messages">Takes what goes to the error stream.</param>
    public void Answer(DocumentText text, int lineNumber, string pointer, IReadOnlyList<IBufferWriter<byte>> answers, TextWriter messages)
    {
        JsonTree document = reader.Parse(text);
        CaseReading reading = reader.Read(document);
        if (reading.Case is not { } asked)
        {
            ImmutableArray<PolicyProblem> errors = RecognizedInput.InsteadOf(RecognizedInput.Case, document.Root) is { } other ? [other]
                : reading.Problems.RemoveAll(problem => !problem.IsError);
            Refuse(reading.Id, pointer.Length == 0 ? errors : [.. errors.Select(problem => Below(pointer, problem, text))], lineNumber, answers, messages);
            return;
        }

        if (recurring is { } met && reading.Problems.IsEmpty)
        {
            stacks.Keep(met.Line, met.From, met.To, Utf8.GetCharCount(met.Line, 0, met.From), Utf8.GetCharCount(met.Line, 0, met.To), document, asked.Stack);
        }

        Decide(asked, answers);
    }

    public void Refuse(PolicyProblem problem, int lineNumber, IReadOnlyList<IBufferWriter<byte>> answers, TextWriter messages) =>
        Refuse(null, [problem], lineNumber, answers, messages);

    /// <summary>Answers something that is not a case.</summary>
    public void Refuse(string? id, ImmutableArray<PolicyProblem> problems, int lineNumber, IReadOnlyList<IBufferWriter<byte>> answers, TextWriter messages)
    {
        Tally.Errors++;
        foreach (PolicyProblem problem in problems)
        {
            messages.WriteLine(ProblemText.Of(problem));
        }

        for (int i = 0; i < formats.Count; i++)
        {
            formats[i].WriteRefusal(lineNumber, id, problems, answers[i]);
        }
    }

    private void Decide(AccessCase asked, IReadOnlyList<IBufferWriter<byte>> answers)
    {
        Decision decision = Evaluator.Decide(asked.Stack, asked.Request, readings);
        if (decision.IsAllowed)
        {
            Tally.Allowed++;
        }
        else
        {
            Tally.Denied++;
        }

        if (asked.ExpectAllow is { } expected && expected != decision.IsAllowed)
        {
            Tally.Unexpected++;
        }

        for (int i = 0; i < formats.Count; i++)
        {
            formats[i].WriteDecision(asked, decision, answers[i]);
        }
    }

    /// <summary>Two parts of a line as one text; null where they are none.</summary>
    private string? TryDecode(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (characters.Length < first.Length + second.Length)
        {
            characters = new char[(first.Length + second.Length) * 2];
        }

        try
        {
            int length = Utf8.GetChars(first, characters);
            return new string(characters, 0, length + Utf8.GetChars(second, characters.AsSpan(length)));
        }
        catch (ArgumentException)
        {
            // What is wrong with the bytes is said of the whole line.
            return null;
        }
    }

    private static PolicyProblem Below(string pointer, PolicyProblem problem, DocumentText text) => problem.File != text.Name
        ? problem
        : new PolicyProblem(problem.Code, problem.Message, problem.Span, pointer + problem.Pointer, problem.Position, problem.File);
}
