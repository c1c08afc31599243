using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Stacks;
using ProvableSec.Rules.Yaml;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>Reads a set of stacks: <c>{"each": "role", "files": "accounts/*.json"}</c>, with members of a stack that hold for each of them.</summary>
/// <param name="place">The file that it stands in.</param>
/// <param name="organization">The organization that the accounts lie in; null for none.</param>
internal sealed class StackSetReader(ConfigurationPlace place, ConfiguredOrganization? organization)
{
    private static readonly string[] Own = ["each", "files", "except", .. DeploymentReader.MemberNames];

    private readonly List<ConfiguredStack> members = [];
    private readonly List<Func<string, bool>> except = [];
    private readonly List<PolicyProblem> notes = [];
    private ConfigurationProblems problems = new();
    private JsonItem given;
    private PolicyStack common = PolicyStack.Empty;
    private string set = "";

    /// <summary>Reads one.</summary>
    public StackSet Read(JsonMember member)
    {
        problems = new ConfigurationProblems(place.File);
        given = member.Value;
        set = member.Name;
        IReadOnlyList<(string Path, JsonItem At)> files = [];
        string? each = null;
        JsonItem? exceptions = null;
        var stack = new StackReader(place.Loader, problems.Collected);
        var deployment = new DeploymentReader(set, place.Loader, problems);
        foreach (JsonMember part in given.Properties())
        {
            switch (part.Name)
            {
                case "each":
                    each = EachOf(part.Value);
                    break;
                case "files":
                    files = place.Find(part.Value, "files", problems);
                    break;
                case "except":
                    exceptions = part.Value;
                    ReadExceptions(part.Value);
                    break;
                default:
                    if (!stack.TryReadMember(part) && !deployment.TryReadMember(part))
                    {
                        problems.Unknown(part, $"the stacks \"{set}\"", [.. Own, .. StackReader.MemberNames]);
                    }

                    break;
            }
        }

        if (!given.TryGetProperty("files", out _))
        {
            problems.Add(given, ProblemCode.MissingElement, $"the stacks \"{set}\" have no files: the documents that hold them");
        }

        common = stack.Stack;
        if (each is not null && problems.Errors.IsEmpty)
        {
            ReadFiles(each, files, deployment);
            if (members.Count == 0 && problems.Errors.IsEmpty)
            {
                problems.Add(given, ProblemCode.MissingElement, exceptions is null
                    ? $"no {Words(each)} is in the files of \"{set}\", so that nothing would be proved"
                    : $"no {Words(each)} is left in the files of \"{set}\", so that nothing would be proved; except fewer");
            }
        }

        ImmutableArray<PolicyProblem> errors = problems.Errors;
        return new StackSet(set, [.. members], errors, [.. problems.Warnings, .. notes]);
    }

    private static string Words(string each) => each == StackSet.Resource ? "policy of a resource" : each == StackSet.Principal ? "user or role" : each;

    private string? EachOf(JsonItem value)
    {
        if (problems.Collected.ExpectString(value, "each") is not { } word)
        {
            return null;
        }

        if (word is StackSet.Role or StackSet.User or StackSet.Principal or StackSet.Resource)
        {
            return word;
        }

        problems.Add(value, ProblemCode.InvalidValue,
            $"each must be one of {StackSet.Role}, {StackSet.User}, {StackSet.Principal}, {StackSet.Resource}, not \"{word}\"");
        return null;
    }

    private void ReadExceptions(JsonItem value)
    {
        if (value.Kind is not (JsonKind.String or JsonKind.Array))
        {
            problems.Collected.WrongType(value, "except", "a pattern of names, or an array of them");
        }

        foreach (JsonItem item in value.Kind == JsonKind.String ? [value] : value.Items())
        {
            if (problems.Collected.ExpectString(item, "except") is { } pattern)
            {
                except.Add(ConfiguredStacks.PatternOf(pattern));
            }
        }
    }

    private void ReadFiles(string each, IReadOnlyList<(string Path, JsonItem At)> files, DeploymentReader deployment)
    {
        var dumps = new AccountDumpReader();
        bool hasDumps = false;
        int plans = 0;
        KnownDeployment known = deployment.In(common.Account);
        var deployed = new DeployedStackReader(set, each, common);
        var templates = new List<TemplateContent>();
        foreach ((string path, JsonItem at) in files)
        {
            string file = place.NameOf(path);
            if (InputFile.TryRead(file, file, out PolicyProblem? unreadable, place.Scope) is not { } source)
            {
                problems.Add(at, ProblemCode.UnreadableFile, unreadable!.Message);
                continue;
            }

            MappedText? converted = null;
            if (YamlText.IsYaml(source) && (converted = YamlText.ToJson(source, out PolicyProblem? broken)) is null)
            {
                problems.Collected.Add(broken!);
                continue;
            }

            JsonTree json = JsonTreeReader.Read(converted is null ? source : new DocumentText(converted.Text, source.Name));
            switch (PolicyDocuments.KindOf(json.Root))
            {
                case DocumentKind.Template when TemplateText.TryRead(source, converted, known, out _) is { } text:
                    var template = new TemplateContent(text, known);
                    templates.Add(template);
                    AddDeployed(deployed.Of(template, path), bindsCallers: each != StackSet.Resource);
                    break;
                case DocumentKind.TerraformPlan when json.Problems.All(problem => !problem.IsError || problem.Code is ProblemCode.DuplicateKey):
                    plans++;
                    AddDeployed(deployed.Of(new PlanContent(json, known), path), bindsCallers: each != StackSet.Resource);
                    break;
                case DocumentKind.AccountDump when each != StackSet.Resource:
                    hasDumps = true;
                    dumps.Add(source);
                    break;
                case DocumentKind.Other when each == StackSet.Resource && PolicyDocuments.IsCliAnswer(json.Root):
                    AddPolicies(PolicyDocuments.InCliAnswer(json, new PolicyContext(PolicyType.Resource)), source, path);
                    break;
                case DocumentKind.Policy when each == StackSet.Resource:
                    AddAlone(place.Policies.Load(path, out _)!, path);
                    break;
                default:
                    problems.Add(at, ProblemCode.WrongType, NotRead(each, file, source));
                    break;
            }
        }

        if (hasDumps)
        {
            AddPrincipals(each, dumps.Finish());
        }

        deployment.Check(templates, plans);
    }

    private void AddDeployed(IEnumerable<ConfiguredStack> stacks, bool bindsCallers)
    {
        foreach (ConfiguredStack stack in stacks)
        {
            string? account = stack.Stack!.Account ?? stack.ResourceAccount;
            bool mayBeBound = organization is not null && account is null && !ConfiguredOrganization.IsGiven(given);
            Add(mayBeBound ? stack with
            {
                UnknownLimits = [.. stack.UnknownLimits, $"which control policies of the organization bind it is not known; give \"{set}\" an account"],
            } : stack, account, bindsCallers);
        }
    }

    private static string NotRead(string each, string file, DocumentText source)
    {
        string expected = each == StackSet.Resource ? "a policy of a resource, an answer of the AWS CLI that has one, a template or a plan"
            : "an account dump (aws iam get-account-authorization-details), a template or a plan";
        return RecognizedInput.Of(source) is { } kind ? $"{file}: this is {kind.What}; \"each\": \"{each}\" reads {expected}"
            : $"{file} is not {expected}, which \"each\": \"{each}\" reads";
    }

    private void AddPrincipals(string each, AccountDump dump)
    {
        foreach (PolicyProblem problem in dump.Problems.Where(problem => problem.IsError || problem.Code == ProblemCode.ImpossibleAction))
        {
            // What is wrong with one user or role is said of it; what cannot be read at all may hide others.
            if (!dump.IsComplete && problem.IsError)
            {
                problems.Collected.Add(problem);
            }
            else
            {
                notes.Add(problem);
            }
        }

        foreach (string truncated in dump.Truncated)
        {
            problems.Add(given, ProblemCode.MissingElement, truncated);
        }

        foreach (AccountPrincipal principal in dump.Principals.Where(principal => each == StackSet.Principal
            || (each == StackSet.User) == (principal.Caller.Kind == PrincipalKind.User)))
        {
            CallerPrincipal caller = principal.Caller;
            PolicyStack stack = common with
            {
                IdentityPolicies = common.IdentityPolicies is { } shared ? [.. principal.IdentityPolicies, .. shared] : principal.IdentityPolicies,
                PermissionsBoundary = common.PermissionsBoundary ?? principal.PermissionsBoundary,
                Account = caller.Account,
            };
            Add(new ConfiguredStack($"{set}{StackSet.Separator}{caller.Name}", stack, [], []) { Caller = caller, Undecided = principal.Undecided },
                caller.Account, bindsCallers: true);
        }
    }

    private void AddPolicies(IReadOnlyList<FoundPolicy> found, DocumentText source, string path)
    {
        foreach (FoundPolicy policy in found.Where(policy => policy.Context.Type == PolicyType.Resource))
        {
            PolicyDocument document = RelocatedPolicy.In(PolicyReader.Read(new DocumentText(policy.Text.Text)), source, policy.Text.SourceOf);
            AddAlone(document, found.Count > 1 ? $"{path}#{policy.Pointer}" : path);
        }
    }

    private void AddAlone(PolicyDocument document, string path)
    {
        foreach (PolicyProblem problem in document.Problems)
        {
            problems.Collected.Add(problem);
        }

        PolicyStack stack = common with { ResourcePolicy = document, Account = null };
        Add(new ConfiguredStack($"{set}{StackSet.Separator}{path.Replace('\\', '/')}", stack, [], []) { ResourceAccount = common.Account }, common.Account,
            bindsCallers: false);
    }

    private void Add(ConfiguredStack member, string? account, bool bindsCallers)
    {
        if (except.Exists(member.Matches))
        {
            return;
        }

        if (organization is not null && account is not null)
        {
            var own = new ConfigurationProblems(place.File);
            PolicyStack stack = organization.Above(member.Stack!, account, given, bindsCallers, own);
            member = member with
            {
                Stack = own.Errors.IsEmpty ? stack : null,
                AtLeast = member.AtLeast is { } least ? organization.Above(least, account, given, bindsCallers, own) : null,
                Named = member.Named is { } named ? organization.Above(named, account, given, bindsCallers, own) : null,
                Problems = own.Errors,
            };
            if (own.Errors.Length > 0)
            {
                problems.Collected.Add(own.Errors[0]);
            }
        }

        members.Add(member);
    }
}
