using System.CommandLine;
using ProvableSec.Logs.Proofs;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Prove;

/// <summary><c>prove</c>: one question, or a batch.</summary>
internal static class ProveCommand
{
    public static Command Create(CommandConsole console)
    {
        var question = new Argument<string?>("QUESTION")
        {
            Description = $"{string.Join(", ", QuestionNames.AllQuestions)}; or a JSON file with one question",
            Arity = ArgumentArity.ZeroOrOne,
        };
        question.CompletionSources.Add([.. QuestionNames.AllQuestions]);
        question.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] value }])
            {
                result.AddError($"Unrecognized option '{value}'.");
            }
        });
        var batch = new Option<string?>("--batch") { Description = "Questions, one JSON object per line (- for standard input)", HelpName = "FILE" };
        var filter = new Option<string?>("--filter")
        {
            Description =
                $"Prove what the rules of a log filter can drop (\"{ProveFilter.Default}\" for those that trim uses by default); with --baseline, prove "
                    + $"that two filters keep the same records",
            HelpName = "RULES",
        };
        Option<int> jobs = JobsOption.Create();
        var reports = new ReportOptions(ProveFormats.Names, "text, or ndjson for a batch");
        var single = new QuestionOptions();
        var verdicts = new VerdictOptions();
        var command = new ExampleCommand(
            "prove",
            "Proves or refutes a statement about policies, with a request as evidence",
            "provablesec prove not-granted --policy role.json --forbid iam:PassRole,sts:* --on 'arn:aws:iam::*:role/Admin*'",
            "provablesec prove no-new-access --policy new.json --baseline old.json",
            "provablesec prove can --policy role.json --action s3:PutObject --context aws:SourceIp=203.0.113.9",
            "provablesec prove granted --policy role.json --require s3:GetObject --on 'arn:aws:s3:::reports/*' --scp full.json,regions.json",
            "provablesec prove no-public-access --policy bucket.json --output html=answer.html --output junit=answer.xml",
            "provablesec prove --batch questions.ndjson > answers.ndjson",
            "provablesec prove --filter rules.json")
        {
            question, batch, filter, jobs,
        };
        reports.AddTo(command);
        single.AddTo(command);
        verdicts.AddTo(command);
        command.SetAction(result =>
        {
            string? asked = result.GetValue(question);
            bool other = single.AnyGiven(result);
            if (result.GetValue(filter) is { } rules)
            {
                if (asked is not null || result.GetValue(batch) is not null || !single.OnlyBaseline(result, out string? baseline))
                {
                    return Usage(console, "with --filter the questions are those about log filters; of what describes a question only --baseline goes with it");
                }

                RequestedOutputs filtered = reports.Of(result);
                return filtered.Formats.Except(ProveFormats.OfFilter).FirstOrDefault() is { } noFormat
                    ? Usage(console, $"what is proved of a filter is written as {string.Join(", ", ProveFormats.OfFilter)}, not as {noFormat}")
                    : new ProveFilter(console, verdicts.Policy(result), verdicts.Limits(result).Budget ?? FilterProver.DefaultBudget,
                        filtered.With<IReadOnlyList<FilterProof>>(name => new FilterReport(name != "text"))).Run(rules, baseline);
            }

            if (result.GetValue(batch) is { } file)
            {
                if (asked is not null || other)
                {
                    return Usage(console, "with --batch the questions are in the file; QUESTION and what describes it cannot be given too");
                }

                RequestedOutputs answers = reports.Of(result, ProveFormats.OfBatch[0]);
                if (answers.Formats.Except(ProveFormats.OfBatch).FirstOrDefault() is { } noAnswer)
                {
                    return Usage(console, $"the answers of a batch are {string.Join(" or ", ProveFormats.OfBatch)}, not {noAnswer}");
                }

                return new ProveBatch(
                    console,
                    file,
                    result.GetValue(jobs),
                    verdicts.Limits(result),
                    verdicts.Policy(result),
                    verdicts.AllowOutside(result),
                    answers).Run();
            }

            var run = new ProveQuestion(console, verdicts.Limits(result), verdicts.Policy(result), verdicts.AllowOutside(result),
                reports.Of(result).With(ProveFormats.Report));
            if (asked is null)
            {
                return Usage(console, $"expected a question, one of {string.Join(", ", QuestionNames.AllQuestions)}; or --batch FILE");
            }

            if (QuestionNames.QuestionOf(asked) is { } known)
            {
                return single.Describe(known, result, out string? problem) is { } described ? run.Ask(described) : Usage(console, problem!);
            }

            if (!File.Exists(asked) && !asked.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                return Usage(console, $"\"{asked}\" is neither a question nor a file; "
                    + (Spelling.Nearest(asked, QuestionNames.AllQuestions) is { } meant ? $"did you mean {meant}?"
                        : $"questions are {string.Join(", ", QuestionNames.AllQuestions)}"));
            }

            return other ? Usage(console, $"{asked} holds the question; what describes it cannot be given too") : run.AskFile(asked);
        });
        return command;
    }

    private static int Usage(CommandConsole console, string problem)
    {
        console.Error.WriteLine("provablesec: " + Printable.Clean(problem));
        console.Error.WriteLine("'provablesec prove --help' shows how it is used.");
        return ExitCodes.BadInput;
    }
}
