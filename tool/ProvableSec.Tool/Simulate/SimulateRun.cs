using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Batch;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Simulate;

/// <summary>One run of <c>simulate</c>.</summary>
internal sealed class SimulateRun
{
    private readonly CommandConsole console;
    private readonly string file;
    private readonly int jobs;
    private readonly RequestedOutputs requested;
    private readonly Func<AnswerOutputs, SimulateAnswerer> newAnswerer;

    /// <summary>Prepares a run.</summary>
    /// <param name="console">The streams.</param>
    /// <param name="file">The input; <c>-</c> for standard input.</param>
    /// <param name="jobs">How many workers.</param>
    /// <param name="readings">The disputed points that are read the other way.</param>
    /// <param name="allowOutside">Whether the policies that cases name may lie outside of the repository.</param>
    /// <param name="requested">What is written where.</param>
    public SimulateRun(CommandConsole console, string file, int jobs, Reading readings, bool allowOutside, RequestedOutputs requested)
    {
        this.console = console;
        this.file = file;
        this.jobs = jobs;
        this.requested = requested;
        var reader = new CaseReader(new PolicyLoader(new FilePolicySource(file, allowOutside), new PolicyCache(PolicyCache.DefaultBytes - StackCache.Bytes)));
        var stacks = new StackCache();
        newAnswerer = outputs => new SimulateAnswerer(reader, stacks, readings,
            [.. outputs.Formats.Select(format => (IAnswerFormat)(format.Name == "text" ? new TextAnswerFormat(format.Color) : new JsonAnswerFormat()))]);
    }

    /// <summary>Answers every case.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        var clock = Stopwatch.StartNew();
        var total = new SimulateTally();
        int written;
        if (file == InputFile.StandardInputName)
        {
            written = Run(console.Input, total);
        }
        else
        {
            using Stream? stream = InputFile.TryOpen(file, file, out PolicyProblem? problem);
            if (stream is null)
            {
                console.Error.WriteLine("provablesec: " + ProblemText.Of(problem!));
                return ExitCodes.BadInput;
            }

            written = Run(stream, total);
        }

        console.Error.WriteLine(total.Summary(clock.Elapsed));
        if (total.IsEmpty)
        {
            console.Error.WriteLine("provablesec: the input holds no case, so nothing is decided");
        }

        return ExitCodes.Combine(total.ExitCode, written);
    }

    /// <returns>The exit code that what is written makes of a success.</returns>
    private int Run(Stream stream, SimulateTally total)
    {
        using var outputs = new AnswerOutputs(requested, console);
        Run(stream, total, outputs);
        return outputs.Commit();
    }

    private void Run(Stream stream, SimulateTally total, AnswerOutputs outputs)
    {
        LineBlockReader reader = LineInput.Open(stream);
        CaseInputShape shape = CaseInputShape.Unknown;
        reader.Peek((bytes, atEnd) => (shape = CaseInputRecognizer.Recognize(bytes.Span, atEnd)) != CaseInputShape.Unknown);
        if (shape == CaseInputShape.Document)
        {
            AnswerDocument(reader.Rest(), total, outputs);
            return;
        }

        SimulateAnswerer[] answerers = [.. Enumerable.Range(0, jobs).Select(_ => newAnswerer(outputs))];
        new LineBatch<SimulateAnswerer>(reader, file, answerers, console, outputs.Streams).Run();
        foreach (SimulateAnswerer answerer in answerers)
        {
            total.Add(answerer.Tally);
        }
    }

    private void AnswerDocument(Stream stream, SimulateTally total, AnswerOutputs outputs)
    {
        SimulateAnswerer answerer = newAnswerer(outputs);
        ArrayBufferWriter<byte>[] answers = [.. outputs.Streams.Select(_ => new ArrayBufferWriter<byte>())];
        DocumentText? text = InputFile.TryRead(stream, file, out PolicyProblem? unreadable);
        if (text is null)
        {
            answerer.Refuse(unreadable!, Math.Max(1, unreadable!.Position.Line), answers, console.Error);
            Emit();
            total.Add(answerer.Tally);
            return;
        }

        JsonTree document = JsonTreeReader.Read(text);
        JsonItem root = document.Root;
        (JsonItem cases, string pointer) = root.Kind == JsonKind.Object && root.TryGetProperty("cases", out JsonItem listed) && listed.Kind == JsonKind.Array
            ? (listed, "/cases")
            : (root, "");

        // A repeated key or a comment inside a case is that case's affair; anything else makes all of the document guesswork.
        ImmutableArray<PolicyProblem> problems = document.Problems.RemoveAll(problem =>
            problem.Code is ProblemCode.DuplicateKey or ProblemCode.Comment && IsInside(problem.Span, cases));
        if (problems.Length > 0)
        {
            answerer.Refuse(null, problems, problems[0].Position.Line, answers, console.Error);
            Emit();
        }

        if (problems.All(problem => problem.Code is ProblemCode.DuplicateKey or ProblemCode.Comment))
        {
            if (cases.Kind == JsonKind.Array)
            {
                int index = 0;
                foreach (JsonItem element in cases.Elements())
                {
                    Answer(element, $"{pointer}/{index++}");
                }
            }
            else
            {
                Answer(root, "");
            }
        }

        total.Add(answerer.Tally);

        void Answer(JsonItem element, string at)
        {
            LinePosition position = element.Position;
            var part = new DocumentText(text.Text.Substring(element.Span.Start, element.Span.Length), file, position);
            answerer.Answer(part, position.Line, at, answers, console.Error);
            Emit();
        }

        void Emit()
        {
            for (int i = 0; i < answers.Length; i++)
            {
                outputs.Streams[i].Write(answers[i].WrittenSpan);
                answers[i].ResetWrittenCount();
            }
        }
    }

    private static bool IsInside(TextRange span, JsonItem cases)
    {
        if (cases.Kind != JsonKind.Array)
        {
            return span.Start >= cases.Span.Start && span.End <= cases.Span.End;
        }

        foreach (JsonItem element in cases.Elements())
        {
            if (span.Start >= element.Span.Start && span.End <= element.Span.End)
            {
                return true;
            }
        }

        return false;
    }
}
