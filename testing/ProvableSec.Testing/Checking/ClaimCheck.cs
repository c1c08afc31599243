using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Stacks;
using ProvableSec.Testing.Claims;
using ProvableSec.Testing.Failures;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing.Checking;

/// <summary>Asks the prover what is claimed. Only a proof that says something lets a claim pass.</summary>
internal static class ClaimCheck
{
    private const int MostShown = 3;

    private const string ExampleAccount = "111122223333";

    /// <summary>Checks a claim about one subject.</summary>
    public static void Verify(PolicySubject subject, Claim claim) => Throw(Check(subject ?? throw new ArgumentNullException(nameof(subject)), claim));

    /// <summary>Checks a claim about each of several subjects.</summary>
    public static void Verify(PolicySubjects subjects, Func<PolicySubject, Failure?> check, string sentence)
    {
        if ((subjects ?? throw new ArgumentNullException(nameof(subjects))).Count == 0)
        {
            throw new PolicyClaimException($"{subjects.Name} {sentence}, but there are none, so that the claim says nothing.", "");
        }

        Failure[] failures = [.. subjects.Select(check).OfType<Failure>()];

        // Of a set a claim is vacuous only where it is of every member.
        Failure[] real = [.. failures.Where(failure => !failure.IsVacuous)];
        failures = real.Length == 0 && failures.Length < subjects.Count ? [] : real.Length == 0 ? [.. failures.Take(1)] : real;
        if (failures.Length > 0)
        {
            string more = failures.Length > MostShown ? $"\n\nThe same of {string.Join(", ", failures.Skip(MostShown).Select(f => f.Subject))}." : "";
            throw new PolicyClaimException(
                $"{subjects.Name}: {failures.Length} of {subjects.Count} {(failures.Length == 1 ? "fails" : "fail")} the claim.\n\n"
                    + $"{string.Join("\n\n", failures.Take(MostShown).Select(f => f.Text))}{more}",
                string.Join(Environment.NewLine, failures.Take(MostShown).Select(f => f.Places).Where(p => p.Length > 0)));
        }
    }

    /// <summary>Fails where something did.</summary>
    public static void Throw(Failure? failure)
    {
        if (failure is not null)
        {
            throw new PolicyClaimException(failure.Text, failure.Places);
        }
    }

    /// <summary>What is wrong with a claim; null where it is proved.</summary>
    public static Failure? Check(PolicySubject subject, Claim claim)
    {
        string[] unknown = [.. subject.Unknown, .. claim.IsOfPresence ? subject.UnknownLimits : (IEnumerable<string>)[],
            .. claim.Baseline is { } baseline ? baseline.Unknown.Concat(baseline.UnknownLimits) : []];
        foreach (Variant variant in subject.Variants)
        {
            // That what is known says nothing is not the point where something is not known.
            if (Check(subject, variant, claim) is { } failure && !(failure.IsVacuous && unknown.Length > 0))
            {
                return failure;
            }
        }

        return unknown.Length > 0 ? Failure.Unknown(subject, claim, "", string.Join("; ", unknown))
            : subject.Variants.IsEmpty ? Failure.Unknown(subject, claim, "", "there is no such policy under the given conditions")
            : null;
    }

    private static Failure? Check(PolicySubject subject, Variant variant, Claim claim)
    {
        Variant? baseline = null;
        if (claim.Baseline is { } compared)
        {
            baseline = compared.Variants is [var only] ? only : compared.Variants.FirstOrDefault(v => v.When == variant.When);
            if (baseline is null)
            {
                return Failure.Unknown(subject, claim, variant.When, $"{compared.Name} depends on other conditions; give them with .WithCondition");
            }
        }

        string[] open = [.. variant.Open.Concat(baseline?.Open ?? [])];
        if (open.Length > 0 && claim.Question is Question.Equivalent or Question.NoDeadStatement)
        {
            return Failure.Open(subject, claim, variant.When, open, null, null);
        }

        bool most = !claim.IsOfPresence;
        Query query = Ask(subject.Caller, variant, baseline, claim, most);
        Answer answer = Prover.Answer(query);
        if (answer.Verdict == Verdict.Violated && open.Length > 0)
        {
            Query other = Ask(subject.Caller, variant, baseline, claim, !most);
            Answer certain = Prover.Answer(other);
            return certain.Verdict == Verdict.Violated ? Failure.Violated(subject, claim, variant, other)
                : Failure.Open(subject, claim, variant.When, open, query, answer);
        }

        return answer switch
        {
            { Verdict: Verdict.Violated } => Failure.Violated(subject, claim, variant, query),
            { Verdict: Verdict.Unknown } => Failure.Unknown(subject, claim, variant.When, answer.Reason),
            { Vacuous: { } reason } => Failure.Vacuous(subject, claim, variant.When, reason),
            _ => null,
        };
    }

    private static Query Ask(CallerPrincipal? caller, Variant variant, Variant? baseline, Claim claim, bool most)
    {
        Subject subject = most ? variant.Subject : variant.AtLeast;
        Subject? other = baseline is null ? null : most ? baseline.AtLeast : baseline.Subject;
        if (other is not null && subject.Document is null != other.Document is null)
        {
            // One of them alone stands for the only policy of a holder in the same place.
            subject = subject.Document is null ? subject : Subject.Of(InPlaceOf(other.Stack!, (variant with { Subject = subject }).ToStack()));
            other = other.Document is null ? other : Subject.Of(InPlaceOf(subject.Stack!, (baseline! with { Subject = other }).ToStack()));
        }

        RequestPattern request = RequestPattern.Any;
        if (claim.IsOfPresence && subject.Stack is { } stack)
        {
            // Whose the resource is decides whether its owner must allow too; unless the claim says so, it is the caller's own account.
            string account = stack.Account ?? ExampleAccount;
            subject = Subject.Of(stack with { Account = account });
            request = request with { ResourceAccount = claim.ResourceAccount ?? account };
        }

        if (caller is not null && subject.Stack is { IdentityPolicies: not null } && claim.Question is Question.NotGranted or Question.Granted
            or Question.NoNewAccess or Question.Equivalent)
        {
            request = request with { Principal = FieldPattern.Literal(caller.Name), PrincipalType = caller.Kind };
        }

        return new Query
        {
            Question = claim.Question,
            Subject = subject,
            Baseline = other,
            Property = claim.Property,
            Request = request,
            Restriction = claim.When,
            Zone = claim.Zone,
            Type = subject.Document is null ? Policy.Model.PolicyType.Identity : variant.Type,
            TypeFrom = subject.Document is null ? PolicyTypeOrigin.Stack : PolicyTypeOrigin.Query,
            Explain = false,
            Qualify = true,
        };
    }

    private static PolicyStack InPlaceOf(PolicyStack other, PolicyStack stack) => stack with { Organization = other.Organization, Account = other.Account };
}
