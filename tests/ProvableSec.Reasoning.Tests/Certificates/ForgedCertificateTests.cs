using ProvableSec.CertificateChecker;
using ProvableSec.CertificateChecker.Derivation;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Certificates;

/// <summary>
/// Certificates made by hand of what does not hold. Each is right but for one thing: were that let pass, the checker would call a lie proved.
/// </summary>
public sealed class ForgedCertificateTests
{
    private const string NotBefore = "names a clause that does not come before it";

    /// <summary>Some request is allowed: a deny of one action beside an allow of all, and a condition, so that there are clauses of several literals.</summary>
    private static readonly string Allowing = Document(Allow("{}", "s3:*"), Deny(If("StringEquals", "a:k", "x"), "s3:Get*"));

    [Fact]
    public void A_step_that_rests_on_itself_is_refused() => EachRestsOn((_, own) => own);

    [Fact]
    public void A_step_that_rests_on_the_one_behind_it_is_refused() => EachRestsOn((_, own) => own + 1);

    [Fact]
    public void A_step_that_rests_on_the_last_is_refused() => EachRestsOn((last, _) => last);

    /// <summary>Every clause is refuted by steps of one literal each, which rest on nothing that comes before them.</summary>
    private static void EachRestsOn(Func<int, int, int> by)
    {
        Forged forged = Forged.NothingAllowed(Allowing);
        Clause clause = forged.Derived[0];
        forged.Clause(clause.Origin, [.. clause.Literals]);
        int last = clause.Literals.Count + 2;
        for (int i = 0; i < clause.Literals.Count; i++)
        {
            forged.Step([-clause.Literals[i]], by(last, i + 2));
        }

        Refused(forged.Step([], [.. Enumerable.Range(2, clause.Literals.Count), 1]), "step 2 " + NotBefore);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(2)]
    public void A_step_that_rests_on_what_there_is_not_is_refused(int by)
    {
        Forged forged = Forged.NothingAllowed(Allowing);
        Refused(forged.Clause(forged.Derived[0].Origin, [.. forged.Derived[0].Literals]).Step([], by, 1), "step 2 " + NotBefore);
    }

    [Fact]
    public void A_step_that_rests_on_nothing_is_refused()
    {
        Refused(Forged.NothingAllowed(Allowing).Step([]), "step 1 does not follow: what it names does not lead to it");
    }

    [Fact]
    public void A_step_that_leaves_a_clause_open_is_refused()
    {
        Forged forged = Forged.NothingAllowed(Allowing);
        Clause two = forged.Derived.First(c => c.Literals.Count == 2);
        Refused(forged.Clause(two.Origin, [.. two.Literals]).Step([], 1), "step 2 does not follow: a clause that it names leaves more than one literal open");
        Refused(
            Forged.NothingAllowed(Allowing).Clause(two.Origin, [.. two.Literals]).Step([two.Literals[1]], 1).Step([], 2),
            "step 2 does not follow: what it names does not lead to it");
    }

    [Fact]
    public void A_step_that_names_a_clause_twice_or_too_many_is_refused()
    {
        Forged forged = Forged.NothingAllowed(Allowing);
        Clause two = forged.Derived.First(c => c.Literals.Count == 2), other = forged.Derived.First(c => c.Literals.Count == 2 && c != two);
        Refused(forged.Clause(two.Origin, [.. two.Literals]).Step([two.Literals[1]], 1, 1), "step 2 does not follow: a clause that it names says nothing new");
        Refused(
            Forged.NothingAllowed(Allowing).Clause(two.Origin, [.. two.Literals]).Clause(other.Origin, [.. other.Literals]).Step([.. two.Literals], 1, 2),
            "step 3 does not follow: it follows before all that it names is used");
    }

    [Fact]
    public void Without_a_last_step_that_nothing_satisfies_there_is_no_proof()
    {
        const string Reason = "the last step is not the clause that nothing satisfies";
        Refused(Forged.NothingAllowed(Allowing), Reason);
        Refused(Forged.NothingAllowed(Allowing).AllClauses(), Reason);
        Forged forged = Forged.NothingAllowed(Allowing);
        Clause clause = forged.Derived[0];
        Refused(forged.Clause(clause.Origin, [.. clause.Literals]).Step([.. clause.Literals], 1), Reason);
    }

    [Fact]
    public void A_clause_that_does_not_follow_from_the_claim_is_refused()
    {
        foreach (Clause clause in Forged.NothingAllowed(Allowing).Derived)
        {
            int[] literals = [.. clause.Literals];
            NoClause(clause.Origin, []);
            NoClause(clause.Origin + " ", literals);
            NoClause("question", literals, unless: clause.Origin == "question");
            for (int i = 0; i < literals.Length; i++)
            {
                // Without one literal, and with the opposite of it.
                NoClause(clause.Origin, [.. literals.Where((_, at) => at != i)]);
                NoClause(clause.Origin, [.. literals.Select((l, at) => at == i ? -l : l).Order()]);
            }
        }

        static void NoClause(string origin, int[] literals, bool unless = false)
        {
            Forged forged = Forged.NothingAllowed(Allowing);
            if (unless || forged.Derived.Any(c => c.Origin == origin && c.Literals.SequenceEqual(literals)))
            {
                return;
            }

            // The lie itself is proved by it, where it has no literals.
            Refused(forged.Clause(origin, literals).Step([], 1), $"does not follow from \"{origin}\", or stands there twice");
        }
    }

    [Fact]
    public void A_clause_that_stands_there_twice_is_refused()
    {
        Forged forged = Forged.NothingAllowed(Allowing);
        Clause clause = forged.Derived[0];
        Refused(forged.Clause(clause.Origin, [.. clause.Literals]).Clause(clause.Origin, [.. clause.Literals]).Step([], 1, 2), "or stands there twice");
    }

    [Fact]
    public void A_lemma_is_about_one_part_of_the_request()
    {
        Forged forged = Forged.NothingAllowed(Allowing);
        int action = Number(forged, AtomKind.In, "action"), present = Number(forged, AtomKind.Present, "key \"a:k\""), part =
            Number(forged, AtomKind.Free, null), reading = Number(forged, AtomKind.Reading, null);
        string[] names = ["action", "resource", "caller", "key \"a:k\"", ""];
        foreach (int[] literals in (int[][])[[], [part], [-part], [reading], [-reading], [Math.Min(action, present), Math.Max(action, present)],
            [Math.Min(action, part), Math.Max(action, part)]])
        {
            foreach (string name in names)
            {
                Refused(Forged.NothingAllowed(Allowing).Lemma(name, literals).Step([], 1), "is not about");
            }
        }

        Refused(Forged.NothingAllowed(Allowing).Lemma("resource", -action).Step([], 1), "is not about \"resource\" alone");
        Refused(Forged.NothingAllowed(Allowing).Lemma("key \"a:K\"", -present).Step([], 1), "is not about");
    }

    [Fact]
    public void A_lemma_that_some_value_refutes_is_not_confirmed()
    {
        Forged any = Forged.NothingAllowed(Allowing);
        foreach (int atom in Enumerable.Range(1, any.Atoms.Count).Where(n => any.Atoms[n].Variable is { } v && (v == any.Atoms.Action || v.Key == "a:k")))
        {
            string about = any.Atoms[atom].Variable!.Name;
            foreach (int literal in (int[])[atom, -atom])
            {
                Forged forged = Forged.NothingAllowed(Allowing);
                Refused(forged.Lemma(about, literal).Step([-literal], 1), $"about {about} is not confirmed");
            }
        }
    }

    [Fact]
    public void A_lemma_that_holds_under_one_reading_only_is_not_confirmed()
    {
        // A star inside the region may or may not go over colons: only then does the one exclude the other.
        const string Inner = """{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b*c"}""", Colon =
            """{"Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::b:c"}""";
        Forged forged = Forged.NothingAllowed(Document(Inner, Colon));
        int[] sets = [.. Enumerable.Range(1, forged.Atoms.Count).Where(n => forged.Atoms[n] is { Kind: AtomKind.In, Variable.Name: "resource" })];
        Assert.Equal(2, sets.Length);
        int reading = Enumerable.Range(1, forged.Atoms.Count).Single(n => forged.Atoms[n].Reading == ProvableSec.Policy.Reading.InnerStarStopsAtColon);
        int[] Lie(params int[] literals) => [.. literals.Order()];
        Refused(Forged.NothingAllowed(Document(Inner, Colon)).Lemma("resource", Lie(-sets[0], -sets[1])).Step([], 1), "about resource is not confirmed");
        Refused(Forged.NothingAllowed(Document(Inner, Colon)).Lemma("resource", Lie(sets[0], -sets[1])).Step([], 1), "about resource is not confirmed");

        // With the reading in it each is true, and is refused as a step only.
        Refused(Forged.NothingAllowed(Document(Inner, Colon)).Lemma("resource", Lie(sets[0], -sets[1], reading)).Step([], 1), "step 2 does not follow");
        Refused(Forged.NothingAllowed(Document(Inner, Colon)).Lemma("resource", Lie(-sets[0], -sets[1], -reading)).Step([], 1), "step 2 does not follow");
        Refused(Forged.NothingAllowed(Document(Inner, Colon)).Lemma("resource", Lie(sets[0], -sets[1], -reading)).Step([], 1),
            "about resource is not confirmed");
        Refused(Forged.NothingAllowed(Document(Inner, Colon)).Lemma("resource", Lie(-sets[0], -sets[1], reading)).Step([], 1),
            "about resource is not confirmed");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, -1)]
    public void Literals_stand_in_order_each_once(int first, int second)
    {
        Refused(Forged.NothingAllowed(Allowing).Step([first, second], 1), "is not a clause in good order");
    }

    [Fact]
    public void Atoms_are_those_that_are_used()
    {
        Forged forged = Forged.NothingAllowed(Allowing);
        int[] literals = [.. forged.Derived[0].Literals];
        string origin = forged.Derived[0].Origin;
        int used = Math.Abs(literals[0]), last = forged.Atoms.Count, other = Enumerable.Range(1, last)
            .First(n => !literals.Contains(n) && !literals.Contains(-n));
        Refused(Forged.NothingAllowed(Allowing).Clause(origin, literals).Naming(used, forged.Atoms[other].Name).Step([], 1), $"atom {used} is not");
        Refused(Forged.NothingAllowed(Allowing).Clause(origin, literals).Naming(last + 1, "more").Step([], 1), "is out of order");
        Refused(Forged.NothingAllowed(Allowing).Clause(origin, literals).Naming(0, "none").Step([], 1), "is out of order");
        Refused(Forged.NothingAllowed(Allowing).Clause(origin, literals).Naming(-1, "none").Step([], 1), "is out of order");
        Refused(Forged.NothingAllowed(Allowing).Clause(origin, literals).Naming(other, forged.Atoms[other].Name).Step([], 1),
            "the atoms listed are not those used");
        Refused(Forged.NothingAllowed(Allowing).Clause(origin, literals).Step([last + 1], 1), "the atoms listed are not those used");
    }

    [Fact]
    public void What_is_right_is_confirmed_and_what_is_not_used_refuses_it()
    {
        // Nothing is allowed by a policy without statements: the only clause is empty.
        string empty = Document();
        Forged Proof() => Forged.NothingAllowed(empty).Clause(Assert.Single(Forged.NothingAllowed(empty).Derived, c => c.Literals.Count == 0).Origin);
        CertificateReport report = Proof().Step([], 1).Check();
        Assert.True(report.IsValid, report.Problem);
        const string Unused = "it holds a clause, lemma or step that it does not use";
        Refused(Proof().Step([], 1).Step([], 1), Unused);
        Forged more = Forged.NothingAllowed(empty);
        Clause? other = more.Derived.FirstOrDefault(c => c.Literals.Count > 0);
        if (other is not null)
        {
            Refused(Proof().Clause(other.Origin, [.. other.Literals]).Step([], 1), Unused);
        }
    }

    private static int Number(Forged forged, AtomKind kind, string? variable) =>
        Enumerable.Range(1, forged.Atoms.Count).First(n => forged.Atoms[n].Kind == kind && forged.Atoms[n].Variable?.Name == variable);

    private static void Refused(Forged forged, string reason)
    {
        CertificateReport report = forged.Check();
        Assert.False(report.IsValid, $"a lie was called proved: {report.Claim}");
        Assert.Contains(reason, report.Problem, StringComparison.Ordinal);
    }
}
