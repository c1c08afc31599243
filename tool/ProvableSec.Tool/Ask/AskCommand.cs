using System.Collections.Immutable;
using System.CommandLine;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Escalation;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Ask;

/// <summary><c>ask who-can</c> and <c>ask what-can</c>: complete answers over account dumps.</summary>
internal static class AskCommand
{
    public static Command Create(CommandConsole console) => new("ask", "Answers who can do what in the accounts of a dump, and which credentials reach most")
    {
        WhoCan(console),
        WhatCan(console),
        Escalation(console),
        AskCredentials.Of(console),
    };

    private static ExampleCommand Escalation(CommandConsole console)
    {
        var inputs = new AskInputs();
        var reports = new ReportOptions(EscalationFormats.Names);
        Option<long?> budget = BudgetOption.Create("for all proofs");
        budget.DefaultValueFactory = _ => EscalationFinder.DefaultBudget;
        var command = new ExampleCommand(
            "escalation",
            "Finds users and roles that can become administrators, step by step",
            "provablesec ask escalation --dump account.json",
            "provablesec ask escalation --dump account.json --output html=escalation.html --output junit=escalation.xml");

        // What it was called before.
        command.Aliases.Add("ways-up");
        inputs.AddAccountsTo(command);
        command.Options.Add(budget);
        reports.AddTo(command);
        command.SetAction(result => new EscalationRun(console, inputs.Accounts(result, console), result.GetValue(budget)!.Value,
            reports.Of(result).With(EscalationFormats.Report)).Run());
        return command;
    }

    private static ExampleCommand WhoCan(CommandConsole console)
    {
        var action = new Argument<string>("ACTION") { Description = "The actions, separated by commas; * and ? are wildcards" };
        action.Validators.Add(result =>
        {
            foreach (string one in result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries)))
            {
                if (!ActionSyntax.IsPattern(one))
                {
                    result.AddError($"ACTION must be service:Name or *, not '{one}'.");
                }
            }
        });
        var resource = new Argument<string>("RESOURCE")
        {
            Description = "ARN of the resources; * and ? are wildcards",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => "*"
        };
        resource.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] value }])
            {
                result.AddError($"Unrecognized option '{value}'.");
            }
        });
        var inputs = new AskInputs();
        var command = new ExampleCommand(
            "who-can",
            "Lists the users, roles and root users that can do something, on which resources and under which conditions, and what stops the others",
            "provablesec ask who-can s3:GetObject 'arn:aws:s3:::reports/*' --dump account.json",
            "provablesec ask who-can sts:AssumeRole 'arn:aws:iam::111122223333:role/Admin*' --dump account.json",
            "provablesec ask who-can iam:*,organizations:* --dump dumps/a.json --dump dumps/b.json --organization organization.json --prove questions.ndjson")
        {
            action, resource,
        };
        inputs.AddTo(command);
        command.SetAction(result => inputs.Run(
            result,
            console,
            [.. result.GetRequiredValue(action).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            result.GetValue(resource) is { } arn and not "*" ? arn : null,
            null));
        return command;
    }

    private static ExampleCommand WhatCan(CommandConsole console)
    {
        var principal = new Argument<string>("PRINCIPAL") { Description = "ARN of a user or role in the dump, or of the root user of its account" };
        principal.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] value }])
            {
                result.AddError($"Unrecognized option '{value}'.");
            }
        });
        var inputs = new AskInputs();
        var command = new ExampleCommand(
            "what-can",
            "Lists what a user or role can do, and which roles it can assume",
            "provablesec ask what-can arn:aws:iam::111122223333:role/app --dump account.json",
            "provablesec ask what-can arn:aws:iam::111122223333:user/ann --dump account.json --scp full.json --scp regions.json --format json")
        {
            principal,
        };
        inputs.AddTo(command);
        command.SetAction(result => inputs.Run(result, console, ImmutableArray.Create("*"), null, result.GetRequiredValue(principal)));
        return command;
    }
}
