using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>
/// What must not be: the clauses that a request would satisfy that the claim forgets. Derived from the texts alone, by the rules of
/// docs/semantics.md, with nothing shared or simplified; if the clauses exclude each other, the claim holds.
/// </summary>
internal sealed class QuestionDerivation
{
    private static readonly Reading[] OfPatterns = [Reading.InnerStarStopsAtColon, Reading.NoWildcardInServiceField, Reading.ShortArnMatchesNothing,
        Reading.BareIpv6Is32];

    private readonly CertifiedQuestion question;
    private readonly StatementDerivation statements;
    private readonly StackDerivation stacks;

    /// <summary>Derives the clauses of a question.</summary>
    /// <exception cref="NotCoveredException">The question holds what certificates do not cover.</exception>
    public QuestionDerivation(CertifiedQuestion question)
    {
        this.question = question;
        Statement[] all = [.. question.Documents.SelectMany(d => d.Policy.Statements)];
        Atoms = new Atoms(new HashSet<string>(all.SelectMany(s => s.Conditions).Where(c => c.Operator.Set != SetOperator.None).Select(c => c.FoldedKey),
            StringComparer.Ordinal));
        Clauses = new Clauses(Atoms);
        var callers = new CallerDerivation(Atoms);
        var ownership = new OwnershipDerivation(Atoms, callers, question.Request.ResourceAccount,
            question.Subject.Stack is not null || question.Given.Contains(QuestionAssumptions.LinkedKeys));
        statements = new StatementDerivation(Atoms, callers);
        stacks = new StackDerivation(Atoms, statements, callers, ownership, question);
        var request = new RequestDerivation(Atoms, callers);

        Clauses.Assert(Counterexample(), "question");
        Clauses.Assert(request.Derive(question.Request), "request");
        foreach (Formula fact in request.Callers(question))
        {
            Clauses.Assert(fact, "who asks");
        }

        foreach ((string origin, Formula fact) in ownership.PartitionFacts(NamedPartitions()))
        {
            Clauses.Assert(fact, origin);
        }

        Assume(callers, ownership);

        // Last, for facts about the world may have named more.
        foreach ((string origin, Formula fact) in statements.Conditions.Facts)
        {
            Clauses.Assert(fact, origin);
        }

        foreach (Reading reading in OfPatterns)
        {
            // Lemmas speak of these whether or not a clause does.
            Atoms.Reading(reading);
        }

        if (question.DefaultReadingsOnly)
        {
            foreach (string name in ReadingNames.All)
            {
                ReadingNames.TryParse(name, out Reading reading);
                Clauses.Assert(Not(Atoms.Reading(reading)), "default readings");
            }
        }
    }

    public Atoms Atoms { get; }

    public Clauses Clauses { get; }

    /// <summary>Why the clauses say less than the question does; empty when they say the same.</summary>
    public IEnumerable<string> Gaps => statements.Conditions.Gaps;

    private void Assume(CallerDerivation callers, OwnershipDerivation ownership)
    {
        foreach (string assumption in question.Given)
        {
            switch (assumption)
            {
                case QuestionAssumptions.LinkedKeys:
                    foreach (Formula fact in new LinkedKeyDerivation(Atoms, callers, ownership, question).Facts(NamedAccounts()))
                    {
                        Clauses.Assert(fact, assumption);
                    }

                    break;
                case QuestionAssumptions.Shapes:
                    foreach (Formula fact in new ShapeDerivation(Atoms, callers).Facts())
                    {
                        Clauses.Assert(fact, assumption);
                    }

                    break;
                case QuestionAssumptions.Catalogue:
                    foreach (Formula fact in new CatalogueDerivation(Atoms, callers, ownership).Facts(question))
                    {
                        Clauses.Assert(fact, assumption);
                    }

                    break;
                case QuestionAssumptions.AsOf:
                    foreach (Variable key in Atoms.Keys.Where(key => key.Key is "aws:currenttime" or "aws:epochtime"))
                    {
                        Clauses.Assert(Atoms.In(key, ConditionDerivation.SetOf(ConditionComparison.DateGreaterThanEquals,
                            [PolicyPattern.Plain(question.AsOf!)])), assumption);
                    }

                    break;
                case QuestionAssumptions.NoDirectGrants:
                    Clauses.Assert(Not(stacks.DirectGrant), assumption);
                    break;
                case QuestionAssumptions.NoResourceObstacle:
                    Clauses.Assert(Not(And(assumption, stacks.NeedsNoResourcePolicy, stacks.Denial)), assumption);
                    break;
                case { } beside when beside == LoneMeaning.Beside(question):
                    // It says what the question means, and nothing more.
                    break;
                default:
                    throw new NotCoveredException($"the assumption {assumption} is not covered by certificates yet");
            }
        }
    }

    /// <summary>What a request must be like to refute the claim.</summary>
    private Formula Counterexample()
    {
        Formula policy = Allows(question.Subject, "policy");
        switch (question.Question)
        {
            case "no-new-access":
                return And("question", policy, Not(Allows(question.Baseline!, "baseline")));
            case "equivalent":
                Formula baseline = Allows(question.Baseline!, "baseline");
                return Or("question", And("question", policy, Not(baseline)), And("question", Not(policy), baseline));
            case "not-granted":
                return And("question", policy, statements.Alone(question.Property!));
            case "granted":
                return And("question", Not(policy), statements.Alone(question.Property!));
            case "can":
                return policy;
            default:
                throw new NotCoveredException($"{question.Question} is not covered by certificates");
        }
    }

    private Formula Allows(CertifiedSubject subject, string origin) =>
        subject.Document is not { } document ? stacks.Allows(subject.Stack!, origin)
        : subject.LetsThrough ? statements.LetsThrough(document)
        : statements.Alone(document);

    /// <summary>The second field of every ARN in the question, and the partitions there are.</summary>
    private SortedSet<string> NamedPartitions() => new(
        NamedTexts().Where(t => t.StartsWith("arn:", StringComparison.Ordinal)).Select(t => t.Split(':')[1])
            .Where(p => p.Length > 0 && p.IndexOfAny(['*', '?', '$']) < 0)
            .Concat(["aws", "aws-cn", "aws-us-gov"]).Concat(question.Request.Principal is { Partition.Length: > 0 } p ? [p.Partition] : []),
        StringComparer.Ordinal);

    /// <summary>Every twelve digits in the fifth field of a text of the question, and the accounts it gives; those of an organization where it matters whose a
    /// resource is.</summary>
    private SortedSet<string> NamedAccounts()
    {
        var accounts = new SortedSet<string>(StringComparer.Ordinal);
        CertifiedStack?[] subjects = [question.Subject.Stack, question.Baseline?.Stack];
        foreach (string text in NamedTexts()
            .Concat(subjects.SelectMany(s => (string?[])[s?.Account, s?.Organization?.ManagementAccount]).OfType<string>())
            .Concat(question.Request.Principal is { } p ? [p.Account] : [])
            .Concat(AsksOwners() ? subjects.SelectMany(s => s?.Organization?.Accounts.Keys.OrderBy(a => a, StringComparer.Ordinal)
                .Take(LinkedKeyDerivation.MostAccounts) ?? []) : []))
        {
            string[] fields = text.Split(':');
            string candidate = fields.Length > 4 ? fields[4] : text;
            if (candidate.Length == 12 && candidate.All(c => c is >= '0' and <= '9'))
            {
                accounts.Add(candidate);
            }
        }

        return accounts;
    }

    private bool AsksOwners() => Atoms.Speaks("aws:resourceorgid") || Atoms.Speaks("aws:resourceorgpaths")
        || ((CertifiedStack?[])[question.Subject.Stack, question.Baseline?.Stack]).Any(s => s?.ResourceControlPolicies is { Count: > 0 });

    private IEnumerable<string> NamedTexts()
    {
        Statement[] all = [.. question.Documents.SelectMany(d => d.Policy.Statements)];
        IEnumerable<string> texts = all.Where(s => s.Resource is not null).SelectMany(s => s.Resource!.Patterns)
            .Concat(all.SelectMany(s => s.Conditions).SelectMany(c => c.Values)).Select(p => p.Text)
            .Concat(all.Where(s => s.Principal is not null).SelectMany(s => s.Principal!.Entries).Select(e => e.Value));
        return texts.Concat(question.Request.Resource?.Texts ?? []).Concat(question.Request.Resource?.Like ?? []);
    }
}
