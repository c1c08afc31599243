using System.CommandLine;
using System.Globalization;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary><c>check PATH…</c>: mistakes in policies, with all the checks of IAM Access Analyzer.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandConsole console)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description =
                "Policies, CloudFormation and SAM templates (JSON, YAML), account dumps, Terraform plans as JSON, task definitions, compose files, Kubernetes "
                    + "manifests, buildspecs, IAM credential reports; folders that contain them; patterns with * and ** (- for standard input)",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var batch = new Option<string?>("--batch")
        {
            Description = "Check one policy per line, {\"id\",\"type\",\"policy\"|\"text\"}, and write one answer per line (- for standard input)",
            HelpName = "FILE"
        };
        var type = new Option<string?>("--type")
        {
            Description = "The type of policies that are files of their own; by default inferred from the file name or content"
        };
        type.AcceptOnlyFromAmong([.. QuestionNames.AllTypes]);
        var resourceType = new Option<string?>("--resource-type")
        {
            Description = "For --type resource: the CloudFormation type of the resource that the policy is attached to, such as AWS::S3::Bucket",
            HelpName = "TYPE"
        };
        var dialect = new Option<string>("--scp-dialect")
        {
            Description = "The SCP language: full, or as it was before 2025-09-19",
            DefaultValueFactory = _ => "full"
        };
        dialect.AcceptOnlyFromAmong("full", "2019");
        var ignore = new Option<string[]>("--ignore")
        {
            Description = "Ignore findings of a rule (PSEC3302) or of an IAM Access Analyzer code. May repeat",
            HelpName = "RULE"
        };
        ignore.Validators.Add(result =>
        {
            foreach (string? rule in result.Tokens.Select(token => token.Value))
            {
                // One of the project's own is looked for when its configuration has been read.
                if (rule is null || (!RuleCatalogue.OfCheck.Any(known => known.IsCalled(rule)) && OwnCheck.WhyNoId(rule) is not null))
                {
                    result.AddError($"--ignore {rule}: check has no such rule.");
                }
            }
        });
        Option<string[]> trustedAccounts = IdentifierForms.OfAccounts(new Option<string[]>("--trusted-account")
        {
            Description = "A trusted account; once one is named, all other accounts are untrusted. May repeat",
            HelpName = "ACCOUNT"
        });
        Option<string[]> trustedOrganizations = IdentifierForms.OfOrganizations(new Option<string[]>("--trusted-organization")
        {
            Description = "A trusted organization. May repeat",
            HelpName = "ID"
        });
        var publicResources = new Option<string[]>("--public-resource")
        {
            Description = "A pattern of resources that are meant to be public, such as arn:aws:s3:::site/*. May repeat",
            HelpName = "ARN"
        };
        var asOf = new Option<DateOnly?>("--as-of")
        {
            Description =
            "The day, YYYY-MM-DD: no request is made before it, and statements can have expired by it (default: the date of the service data); for credential "
                + "reports and --last-accessed, ages are counted back from it (default: today)",
            HelpName = "DAY"
        };
        var lastAccessed = new Option<string?>("--last-accessed")
        {
            Description =
                "Output of aws iam get-service-last-accessed-details for the principals that have the policies: reports permissions for unused services",
            HelpName =
                "FILE"
        };
        var unusedDays = new Option<int>("--unused-days")
        {
            Description = "With --last-accessed: a service counts as used if it was used within this many days",
            DefaultValueFactory = _ => 90,
            HelpName = "DAYS"
        };
        var waivers = new Option<string?>("--waivers")
        {
            Description = "A JSON list of accepted findings: rule, file, statement, pointer, reason, until",
            HelpName = "FILE"
        };
        var baseline = new Option<string?>("--baseline")
        {
            Description = "A file that --write-baseline wrote: report only findings that are not in it",
            HelpName = "FILE"
        };
        var writeBaseline = new Option<string?>("--write-baseline") { Description = "Write the findings to a file for --baseline", HelpName = "FILE" };
        var noIgnore = new Option<bool>("--no-ignore") { Description = "Also check files that .gitignore ignores" };
        Option<bool> allowOutside = AllowOutsideOption.Create("Links that a pattern finds");
        var fix = new Option<bool>("--fix") { Description = "First apply the fixes that allow no new request; each change is proved and reported" };
        var dryRun = new Option<bool>("--dry-run") { Description = "With --fix: report what would be fixed, without writing anything" };
        Option<string?> account = IdentifierForms.OfAccounts(new Option<string?>("--account")
        {
            Description = "For --format asff: the account that the findings are imported to",
            HelpName = "ACCOUNT"
        });
        var region = new Option<string?>("--region") { Description = "For --format asff: the Region that the findings are imported to", HelpName = "REGION" };
        Option<string?> changedSince = ChangedSinceOption.Create("files");
        Option<string?> shard = ShardOption.Create();
        Option<string?> cache = CacheOption.Create("what is found in files");
        Option<int> jobs = JobsOption.Create();
        Option<string> failOn = FailOnOption.Create();
        var reports = new ReportOptions(CheckFormats.Names);
        var command = new ExampleCommand(
            "check",
            "Finds mistakes in policies: every check of IAM Access Analyzer, offline",
            "provablesec check policies",
            "provablesec check 'infrastructure/**/*.json'",
            "provablesec check template.yaml --format github --output sarif=policies.sarif --output html=policies.html",
            "provablesec check role.json --type trust",
            "provablesec check bucket.json --resource-type AWS::S3::Bucket",
            "provablesec check policies --fix",
            "provablesec check role.json --last-accessed advisor.json --fix",
            "provablesec check . --waivers waivers.json --fail-on error",
            "provablesec check . --write-baseline baseline.json",
            "provablesec check . --baseline baseline.json",
            "provablesec check . --cache .cache/provablesec",
            "provablesec check . --format asff --account 111122223333 --region eu-west-1 > findings.json",
            "provablesec check --batch policies.ndjson")
        {
            paths, batch, type, resourceType, dialect, ignore, trustedAccounts, trustedOrganizations, publicResources, asOf, lastAccessed, unusedDays, waivers,
                baseline, writeBaseline, noIgnore, allowOutside, fix, dryRun, account, region, changedSince, cache, shard, jobs, failOn,
        };
        reports.AddTo(command);
        command.Validators.Add(result =>
        {
            string[] given = result.GetValue(paths) ?? [];
            if (given.Length == 0 && result.GetValue(batch) is null)
            {
                result.AddError("Name files or folders to check, or a batch.");
            }
            else if (given.Length > 0 && result.GetValue(batch) is not null)
            {
                result.AddError("--batch takes no other paths.");
            }

            if (result.GetValue(batch) is not null && reports.WritesFiles(result))
            {
                result.AddError("The answers of a batch are NDJSON on standard output; --output takes no batch.");
            }

            if (result.GetValue(batch) is not null && (result.GetValue(baseline) ?? result.GetValue(writeBaseline)) is not null)
            {
                result.AddError("A baseline is about files; it takes no batch.");
            }

            if (result.GetValue(batch) is not null && result.GetValue(cache) is not null)
            {
                result.AddError("--cache keeps what is found in files; it takes no batch.");
            }

            if (result.GetValue(dryRun) && !result.GetValue(fix))
            {
                result.AddError("--dry-run goes with --fix.");
            }

            if (result.GetValue(fix) && (result.GetValue(batch) is not null || given.Contains(InputArgument.StandardInput)))
            {
                result.AddError("--fix fixes files; it takes no batch and no standard input.");
            }

            if (result.GetValue(changedSince) is not null && (result.GetValue(batch) is not null || given.Contains(InputArgument.StandardInput)
                || result.GetValue(writeBaseline) is not null))
            {
                result.AddError("--changed-since chooses files of a repository; it takes no batch, no standard input and no --write-baseline.");
            }

            if (result.GetValue(shard) is not null)
            {
                if (result.GetValue(batch) is not null || given.Contains(InputArgument.StandardInput))
                {
                    result.AddError("--shard divides files; it takes no batch and no standard input.");
                }

                if (result.GetValue(fix) || result.GetValue(writeBaseline) is not null)
                {
                    result.AddError("--shard only checks: --fix and --write-baseline are about all files.");
                }
            }

            // Anything but digits in the ARNs would make findings that Security Hub refuses.
            if (reports.Uses(result, "asff") && (result.GetValue(account) is null || string.IsNullOrEmpty(result.GetValue(region))))
            {
                result.AddError("--format asff needs --account (twelve digits) and --region.");
            }

            foreach (string path in given)
            {
                // The parser takes an option it does not know for a path.
                if (path is ['-', _, ..])
                {
                    result.AddError($"Unrecognized option '{path}' (write ./{path} if it is a file).");
                }
            }
        });
        command.SetAction(result =>
        {
            DateTime day = result.GetValue(asOf)?.ToDateTime(default) ?? DateTime.UtcNow.Date;
            LastAccessed? accessed = null;
            if (result.GetValue(lastAccessed) is { } advisor && (accessed = LastAccessedFile.Read(advisor, day, result.GetValue(unusedDays), console)) is null)
            {
                return ExitCodes.BadInput;
            }

            var request = new CheckRequest
            {
                Paths = result.GetValue(paths) ?? [],
                Type = result.GetValue(type) is { } word ? QuestionNames.TypeOf(word) : null,
                ResourceType = result.GetValue(resourceType),
                ScpDialect = result.GetValue(dialect) == "2019" ? ScpDialect.Of2019 : ScpDialect.Full,
                Ignore = result.GetValue(ignore) ?? [],
                Zone = new TrustZone
                {
                    Accounts = [.. result.GetValue(trustedAccounts) ?? []],
                    Organizations = [.. result.GetValue(trustedOrganizations) ?? []]
                },
                PublicResources = result.GetValue(publicResources) ?? [],
                AsOf = day,
                ProofsAsOf = result.GetValue(asOf)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                LastAccessed = accessed,
                Waivers = result.GetValue(waivers),
                Baseline = result.GetValue(baseline),
                WrittenBaseline = result.GetValue(writeBaseline),
                Fix = result.GetValue(fix),
                DryRun = result.GetValue(dryRun),
                IgnoreFiles = !result.GetValue(noIgnore),
                AllowOutside = result.GetValue(allowOutside),
                ChangedSince = result.GetValue(changedSince),
                Cache = CacheOption.Read(result.GetValue(cache)),
                Shard = ShardOption.Read(result.GetValue(shard)),
                Settings = [.. ShardOption.SettingsOf(result)],
                Import = (result.GetValue(account), result.GetValue(region)),
                Jobs = result.GetValue(jobs),
                FailOn = FailOnOption.Read(result.GetValue(failOn)),
            };
            if (result.GetValue(batch) is { } file)
            {
                return new CheckBatch(console, file == InputArgument.StandardInput ? InputFile.StandardInputName : file, request).Run();
            }

            return new CheckRun(console, request, reports.Of(result).With(name => CheckFormats.Report(name, result.GetValue(account), result.GetValue(region))))
                .Run();
        });
        return command;
    }
}
