using System.Collections.Immutable;
using CsCheck;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>The layers of a stack as they were drawn.</summary>
internal sealed record RandomStack(RandomPolicy[] Identity, RandomPolicy[] Boundary, RandomPolicy[]? Session, RandomPolicy[][]? Control, string? Account, string? Management)
{
    public PolicyStack Read() => PolicyStack.Empty with
    {
        IdentityPolicies = [.. Identity.Select(p => p.Read())],
        PermissionsBoundary = Boundary.Length > 0 ? Boundary[0].Read() : null,
        SessionPolicies = Session is null ? null : [.. Session.Select(p => p.Read())],
        ServiceControlPolicies = Control is null ? null : [.. Control.Select(level => level.Select(p => p.Read()).ToImmutableArray())],
        Account = Account,
        Organization = Management is null ? null : new Organization("o-a", Management, ImmutableDictionary<string, string>.Empty.Add("111122223333", "o-a/r-a/ou-a/")),
    };

    public RandomStack WithoutVariables() => this with
    {
        Identity = [.. Identity.Select(p => p.WithoutVariables())],
        Boundary = [.. Boundary.Select(p => p.WithoutVariables())],
        Session = Session is null ? null : [.. Session.Select(p => p.WithoutVariables())],
        Control = Control is null ? null : [.. Control.Select(l => l.Select(p => p.WithoutVariables()).ToArray())],
    };

    public IEnumerable<RandomStack> Smaller()
    {
        foreach (RandomPolicy[] fewer in Smaller(Identity))
        {
            yield return this with { Identity = fewer };
        }

        foreach (RandomPolicy[] fewer in Smaller(Boundary))
        {
            yield return this with { Boundary = fewer };
        }

        if (Session is not null)
        {
            yield return this with { Session = null };
            foreach (RandomPolicy[] fewer in Smaller(Session))
            {
                yield return this with { Session = fewer };
            }
        }

        if (Control is not null)
        {
            yield return this with { Control = null };
            for (int i = 0; i < Control.Length; i++)
            {
                foreach (RandomPolicy[] fewer in Smaller(Control[i]))
                {
                    RandomPolicy[][] levels = [.. Control];
                    levels[i] = fewer;
                    yield return this with { Control = levels };
                }
            }
        }

        if (Management is not null)
        {
            yield return this with { Management = null };
        }

        if (Account is not null)
        {
            yield return this with { Account = null };
        }
    }

    private static IEnumerable<RandomPolicy[]> Smaller(RandomPolicy[] policies)
    {
        foreach (RandomPolicy[] fewer in RandomStatement.Without(policies))
        {
            yield return fewer;
        }

        for (int i = 0; i < policies.Length; i++)
        {
            foreach (RandomPolicy smaller in policies[i].Smaller())
            {
                RandomPolicy[] changed = [.. policies];
                changed[i] = smaller;
                yield return changed;
            }
        }
    }

    public override string ToString() =>
        $"identity [{Shown(Identity)}] boundary [{Shown(Boundary)}] session {(Session is null ? "none" : $"[{Shown(Session)}]")} control {(Control is null ? "none" : string.Join(" / ", Control.Select(l => $"[{Shown(l)}]")))} account {Account} management {Management}";

    private static string Shown(RandomPolicy[] policies) => string.Join(", ", policies.Select(p => p.ToString()));
}

/// <summary>A question as it was drawn.</summary>
internal sealed record RandomQuery(Question Question, RandomPolicy Policy, RandomPolicy Other, RandomStack? Stack, RandomStack? OtherStack, World World, string Given, PolicyType Type)
{
    private static readonly Gen<Question> Questions = Gen.Frequency((3, Question.NoNewAccess), (2, Question.Equivalent), (3, Question.NotGranted), (2, Question.Granted), (2, Question.Can));

    private static readonly Gen<string> Requests = Gen.Frequency(
        (6, Gen.Const("")),
        (4, Gen.OneOf(
            "action=a:b", "action~a:*", "action=A:B", "action~s3:Get*", "resource=arn:aws:s3:::b", "resource~arn:aws:s3:::b*", "resource=*", "resource~*:b", "a:k=a", "a:k~a*", "a:k!", "A:K=b",
            "aws:TagKeys=a", "aws:TagKeys=a;aws:TagKeys~b*", "aws:RequestTag/a=b", "aws:SourceIp=10.0.0.1", "aws:MultiFactorAuthPresent!", "action=a:b;resource~arn:aws:s3:::*;a:k=a",
            "principal=arn:aws:iam::111122223333:user/a", "principal=arn:aws:iam::111122223333:role/r", "principal=arn:aws:iam::444455556666:user/team/a;action=a:b", "owner=111122223333", "owner=444455556666")));

    private static readonly Gen<RandomStack> Stacks =
        from identity in RandomPolicy.Any.Array[0, 2]
        from boundary in Gen.Frequency((3, RandomPolicy.Any.Array[0, 0]), (1, RandomPolicy.Any.Array[1, 1]))
        from hasSession in Gen.Frequency((4, false), (1, true))
        from session in RandomPolicy.Any.Array[0, 2]
        from hasControl in Gen.Frequency((3, false), (2, true))
        from control in RandomPolicy.Any.Array[0, 2].Array[1, 2]
        from account in Gen.Frequency((1, (string?)null), (1, "111122223333"))
        from management in Gen.Frequency((4, (string?)null), (1, "111122223333"), (1, "999988887777"))
        select new RandomStack(identity, boundary, hasSession ? session : null, hasControl ? control : null, account, management);

    public static Gen<RandomQuery> Any { get; } =
        from question in Questions
        from policy in RandomPolicy.Any
        from near in Gen.Frequency((3, true), (2, false))
        from other in near ? RandomPolicy.Near(policy) : RandomPolicy.Any
        from hasStack in Gen.Frequency((2, false), (1, true))
        from stack in Stacks
        from extra in RandomPolicy.Near(policy)
        from swap in Gen.Bool
        from world in Gen.OneOf(World.Aws, World.Free)
        from given in Requests
        from type in Gen.Frequency((4, PolicyType.Identity), (1, PolicyType.ServiceControlPolicy), (1, PolicyType.Session))
        let first = stack with { Identity = [policy, .. stack.Identity.Take(1)] }
        let second = first with { Identity = [swap ? extra : other, .. stack.Identity.Take(1)] }
        from variables in Gen.Frequency((1, true), (2, false))
        let query = new RandomQuery(question, policy, other, hasStack ? first : null, hasStack ? second : null, world, given, type)
        select variables ? query : query with { Policy = policy.WithoutVariables(), Other = other.WithoutVariables(), Stack = query.Stack?.WithoutVariables(), OtherStack = query.OtherStack?.WithoutVariables() };

    public Query Read()
    {
        bool compares = Question is Question.NoNewAccess or Question.Equivalent;
        return new Query
        {
            Question = Question,
            Subject = Stack is null ? Subject.Of(Policy.Read()) : Subject.Of(Stack.Read()),
            Baseline = !compares ? null : OtherStack is null ? Subject.Of(Other.Read()) : Subject.Of(OtherStack.Read()),
            Property = Question is Question.NotGranted or Question.Granted ? Other.Read() : null,
            World = World,
            Type = Type,
            Request = Request(),
        };
    }

    /// <summary>Every question that asks a little less.</summary>
    public IEnumerable<RandomQuery> Smaller()
    {
        if (Given.Length > 0)
        {
            yield return this with { Given = "" };
        }

        if (Stack is not null)
        {
            yield return this with { Stack = null, OtherStack = null };
            foreach (RandomStack smaller in Stack.Smaller())
            {
                yield return this with { Stack = smaller };
            }

            if (Question is Question.NoNewAccess or Question.Equivalent)
            {
                foreach (RandomStack smaller in OtherStack!.Smaller())
                {
                    yield return this with { OtherStack = smaller };
                }
            }
        }
        else
        {
            foreach (RandomPolicy smaller in Policy.Smaller())
            {
                yield return this with { Policy = smaller };
            }
        }

        if ((Stack is null || Question is Question.NotGranted or Question.Granted) && Question != Question.Can)
        {
            foreach (RandomPolicy smaller in Other.Smaller())
            {
                yield return this with { Other = smaller };
            }
        }

        if (Type != PolicyType.Identity)
        {
            yield return this with { Type = PolicyType.Identity };
        }
    }

    private RequestPattern Request()
    {
        RequestPattern request = RequestPattern.Any;
        foreach (string item in Given.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            int sign = item.IndexOfAny(['=', '~', '!']);
            string name = item[..sign], text = item[(sign + 1)..];
            FieldPattern field = item[sign] switch { '=' => FieldPattern.Literal(text), '~' => FieldPattern.Matching(text), _ => FieldPattern.Absent };
            request = name switch
            {
                "action" => request with { Action = field },
                "resource" => request with { Resource = field },
                "principal" => request with { Principal = field },
                "owner" => request with { ResourceAccount = text },
                _ => request with { Context = request.Context.Add(new(name, field)) },
            };
        }

        return request;
    }

    public override string ToString() =>
        $"{Question}, world {World}, type {Type}, request [{Given}]\n  policy   {(Stack is null ? Policy : Stack)}"
        + (Question == Question.Can ? "" : $"\n  other    {(OtherStack is null || Question is Question.NotGranted or Question.Granted ? Other : OtherStack)}");
}
