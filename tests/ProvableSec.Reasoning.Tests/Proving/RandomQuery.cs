using CsCheck;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Worlds;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>A question as it was drawn.</summary>
internal sealed record RandomQuery(Question Question, RandomPolicy Policy, RandomPolicy Other, RandomStack? Stack, RandomStack? OtherStack, World World,
    string Given, PolicyType Type)
{
    private static readonly Gen<Question> Questions = Gen.Frequency((3, Question.NoNewAccess), (2, Question.Equivalent), (3, Question.NotGranted),
        (2, Question.Granted), (2, Question.Can));

    private static readonly Gen<string> Requests = Gen.Frequency(
        (6, Gen.Const("")),
        (4, Gen.OneOf(
            "action=a:b", "action~a:*", "action=A:B", "action~s3:Get*", "resource=arn:aws:s3:::b", "resource~arn:aws:s3:::b*", "resource=*", "resource~*:b",
                "a:k=a", "a:k~a*", "a:k!", "A:K=b",
            "aws:TagKeys=a", "aws:TagKeys=a;aws:TagKeys~b*", "aws:RequestTag/a=b", "aws:SourceIp=10.0.0.1", "aws:MultiFactorAuthPresent!",
                "action=a:b;resource~arn:aws:s3:::*;a:k=a",
            "principal=arn:aws:iam::111122223333:user/a", "principal=arn:aws:iam::111122223333:role/r",
                "principal=arn:aws:iam::444455556666:user/team/a;action=a:b", "owner=111122223333", "owner=444455556666")));

    /// <summary>Partial requests that say who asks and whose the resource is.</summary>
    private static readonly Gen<string> CallerRequests = Gen.Frequency(
        (6, Gen.Const("")),
        (2, Requests),
        (4, Gen.OneOf(
            "principal=*", "principal=arn:aws:iam::111122223333:root", "principal=444455556666", "principal=arn:aws:iam::111122223333:user/a",
                "principal=arn:aws:iam::111122223333:role/r",
            "principal=arn:aws:iam::111122223333:role/team/r", "principal=arn:aws:sts::111122223333:assumed-role/r/s",
                "principal=arn:aws:sts::111122223333:federated-user/a",
            "principal=lambda.amazonaws.com", "principal=accounts.google.com", "principal=arn:aws:iam::111122223333:saml-provider/p",
                "principal=arn:aws-cn:iam::111122223333:user/a",
            "principal=arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R")),
        (2, Gen.Frequency(
            (20, Gen.OneOf(
                "principal~arn:aws:iam::111122223333:*", "principal~arn:aws:iam::*:role/*", "principal~arn:aws:iam::*:user/*",
                    "principal~arn:aws:iam::1*:user/?",
                "principal|*|arn:aws:iam::111122223333:user/a", "principal|arn:aws:iam::111122223333:role/r|arn:aws:sts::444455556666:assumed-role/r/s|lambda.amazonaws.com")),

            // Patterns of which it is open whether they take sessions are not answered.
            (1, Gen.OneOf("principal~arn:aws:sts::*:assumed-role/r/*", "principal~*.amazonaws.com", "principal~*/r")))),
        (2, Gen.OneOf("anonymous", "root", "user", "role", "assumed-role", "federated-user", "service", "federated").Select(k => $"type={k}")),
        (2, Gen.OneOf("owner=111122223333", "owner=444455556666", "owner=444455556666;principal=arn:aws:iam::111122223333:role/r",
            "owner=111122223333;type=root",
            "resource=arn:aws:iam::111122223333:role/r;action=sts:AssumeRole", "resource=arn:aws:kms:e:111122223333:key/k;action=kms:Decrypt",
                "resource=arn:aws:kms:e:444455556666:key/k;action~kms:*",
            "action=sts:GetCallerIdentity", "action=kms:RetireGrant", "action=s3:GetObject;resource=arn:aws:s3:::b/a", "resource=arn:aws-cn:s3:::b")),
        (1, Gen.OneOf("aws:PrincipalAccount=111122223333", "aws:PrincipalArn~*:role/*", "aws:PrincipalType=User", "aws:username!", "aws:SourceVpce=vpce-1",
            "aws:SourceIp!", "aws:PrincipalOrgID=o-a", "aws:PrincipalIsAWSService=true", "aws:ResourceAccount=111122223333", "aws:userid=anonymous",
            "aws:SourceAccount=111122223333")));

    private static readonly Gen<TrustZone> Zones = Gen.Frequency(
        (5, Gen.Const(TrustZone.None)),
        (5, from accounts in Gen.OneOf<string[]>([], ["111122223333"], ["111122223333", "444455556666"])
            from organizations in Gen.OneOf<string[]>([], ["o-a"])
            from services in Gen.OneOf<string[]>([], ["lambda.amazonaws.com"])
            from deputy in Gen.Bool
            from strict in Gen.Frequency((4, false), (1, true))
            select new TrustZone
            {
                Accounts = [.. accounts],
                Organizations = [.. organizations],
                Services = [.. services],
                ConfusedDeputy = deputy,
                Strict = strict
            }));

    /// <summary>Whether the default readings only are asked about.</summary>
    public bool DefaultReadings { get; init; }

    /// <summary>Who is not an outsider.</summary>
    public TrustZone Zone { get; init; } = TrustZone.None;

    /// <summary>Whether it was drawn to speak of callers of every kind, and of policies that name them.</summary>
    public bool SpeaksOfCallers { get; init; }

    /// <summary>The policies of an identity, alone and in stacks.</summary>
    public static Gen<RandomQuery> OfIdentity { get; } =
        from question in Questions
        from policy in RandomPolicy.Any
        from near in Gen.Frequency((3, true), (2, false))
        from other in near ? RandomPolicy.Near(policy) : RandomPolicy.Any
        from hasStack in Gen.Frequency((2, false), (1, true))
        from stack in RandomStack.OfIdentity
        from extra in RandomPolicy.Near(policy)
        from swap in Gen.Bool
        from world in Gen.OneOf(World.Aws, World.Free)
        from given in Requests
        from type in Gen.Frequency((4, PolicyType.Identity), (1, PolicyType.ServiceControlPolicy), (1, PolicyType.Session))
        let first = stack with { Identity = [policy, .. stack.Identity!.Take(1)] }
        let second = first with { Identity = [swap ? extra : other, .. stack.Identity!.Take(1)] }
        select new RandomQuery(question, policy, other, hasStack ? first : null, hasStack ? second : null, world, given, type);

    /// <summary>Policies that name principals, alone and in stacks of all layers, and requests by everybody.</summary>
    public static Gen<RandomQuery> OfCallers { get; } =
        from question in Gen.Frequency((5, Questions), (2, Gen.Const(Question.NoPublicAccess)), (1, Gen.Const(Question.NoDeadStatement)))
        from type in Gen.Frequency(
            (4, PolicyType.Resource), (1, PolicyType.Trust), (1, PolicyType.ResourceControlPolicy), (1, PolicyType.VpcEndpoint),
            (1, PolicyType.Identity), (1, PolicyType.ServiceControlPolicy), (1, PolicyType.Session), (1, PolicyType.PermissionsBoundary))
        let policies = type switch
        {
            PolicyType.Resource or PolicyType.VpcEndpoint => RandomPolicy.OfResource,
            PolicyType.Trust => RandomPolicy.OfRole,
            PolicyType.ResourceControlPolicy => RandomPolicy.OfResourceControl,
            _ => RandomPolicy.OfCaller,
        }
        from policy in policies
        from near in Gen.Frequency((3, true), (2, false))
        from other in near ? RandomPolicy.Near(policy) : policies
        from hasStack in question == Question.NoPublicAccess ? Gen.Const(false) : Gen.Bool
        from stack in RandomStack.OfEverybody
        from otherStack in RandomStack.Near(stack)
        from world in Gen.Frequency((3, World.Aws), (2, World.Free))
        from given in CallerRequests
        from readings in Gen.Frequency((4, false), (1, true))
        from zone in Zones
        select new RandomQuery(question, policy, other, hasStack ? stack : null, hasStack ? otherStack : null, world, given, type)
        {
            DefaultReadings = readings,
            Zone = question == Question.NoPublicAccess ? zone : TrustZone.None,
            SpeaksOfCallers = true,
        };

    /// <summary>Questions about real actions, resources and keys: of accounts inside and outside an organization, of AWS itself, of resources whose policy is
    /// not given.</summary>
    public static Gen<RandomQuery> OfWorlds { get; } =
        from scene in RandomScene.Any
        from question in Gen.Frequency((8, Questions), (1, Gen.Const(Question.NoPublicAccess)))
        from ofResource in Gen.Frequency((2, false), (1, true))
        from limit in Gen.Frequency((6, false), (1, true))
        let policies = ofResource ? scene.ResourcePolicy : scene.Policy
        from policy in policies
        from near in Gen.Frequency((3, true), (2, false))
        from other in near ? scene.Near(policy) : policies
        from hasStack in question == Question.NoPublicAccess ? Gen.Const(false) : Gen.Frequency((2, true), (1, false))
        from stack in RandomStack.OfWorld(scene)
        from otherStack in RandomStack.Near(stack, scene.ResourcePolicy, scene.Near)
        from world in Gen.Frequency((5, World.Aws), (1, World.Free))
        from given in Gen.Frequency(
            (6, Gen.Const("")),
            (3, Gen.OneOf(
                "principal=arn:aws:iam::111122223333:user/a", "principal=arn:aws:iam::111122223333:role/r", "principal=arn:aws:iam::777788889999:user/team/a",
                    "principal=*", "principal=sns.amazonaws.com",
                "principal=accounts.google.com", "principal=arn:aws:iam::111122223333:saml-provider/p",
                    "principal=arn:aws:sts::111122223333:assumed-role/r/alice", "type=root", "type=federated-user", "owner=777788889999", "owner=111122223333",
                "aws:ViaAWSService=false", "aws:ViaAWSService=true", "resource~arn:aws:ssm:*::parameter/aws/service/*")),
            (2, scene.Action.Select(a => a.Contains('*', StringComparison.Ordinal) ? $"action~{a}" : $"action={a}")))
        from readings in Gen.Frequency((4, false), (1, true))
        select new RandomQuery(question, policy, other, hasStack ? stack : null, hasStack ? otherStack : null, world, given, (ofResource, limit) switch
        {
            (true, false) => PolicyType.Resource,
            (true, true) => PolicyType.VpcEndpoint,
            (false, false) => PolicyType.Identity,
            _ => PolicyType.ServiceControlPolicy,
        })
        {
            DefaultReadings = readings,
            SpeaksOfCallers = true,
        };

    public static Gen<RandomQuery> Any { get; } =
        from drawn in Gen.Frequency((1, OfIdentity), (1, OfCallers))
        from variables in Gen.Frequency((1, true), (2, false))
        select variables ? drawn : drawn with
        {
            Policy = drawn.Policy.WithoutVariables(),
            Other = drawn.Other.WithoutVariables(),
            Stack = drawn.Stack?.WithoutVariables(),
            OtherStack = drawn.OtherStack?.WithoutVariables(),
        };

    private bool Compares => Question is Question.NoNewAccess or Question.Equivalent;

    private bool HasProperty => Question is Question.NotGranted or Question.Granted;

    public Query Read() => new()
    {
        Question = Question,
        Subject = Stack is null ? Subject.Of(Policy.Read()) : Subject.Of(Stack.Read()),
        Baseline = !Compares ? null : OtherStack is null ? Subject.Of(Other.Read()) : Subject.Of(OtherStack.Read()),
        Property = HasProperty ? Other.Read() : null,
        Zone = Zone,
        World = World,
        Type = Type,
        DefaultReadingsOnly = DefaultReadings,
        Request = Request(),
    };

    /// <summary>Every question that asks a little less.</summary>
    public IEnumerable<RandomQuery> Smaller()
    {
        foreach (RandomQuery plainer in (RandomQuery[])[this with { Given = "" }, this with { Zone = TrustZone.None }, this with { DefaultReadings = true },
            SpeaksOfCallers ? this : this with { Type = PolicyType.Identity }])
        {
            if (plainer != this)
            {
                yield return plainer;
            }
        }

        if (Stack is not null)
        {
            yield return this with { Stack = null, OtherStack = null };
            if (Compares)
            {
                // A layer that both have goes from both.
                foreach ((RandomStack one, RandomStack other) in Stack.Smaller().Zip(OtherStack!.Smaller()))
                {
                    yield return this with { Stack = one, OtherStack = other };
                }

                foreach (RandomStack smaller in OtherStack!.Smaller())
                {
                    yield return this with { OtherStack = smaller };
                }
            }

            foreach (RandomStack smaller in Stack.Smaller())
            {
                yield return this with { Stack = smaller };
            }
        }
        else
        {
            foreach (RandomPolicy smaller in Policy.Smaller())
            {
                yield return this with { Policy = smaller };
            }
        }

        if (HasProperty || (Compares && Stack is null))
        {
            foreach (RandomPolicy smaller in Other.Smaller())
            {
                yield return this with { Other = smaller };
            }
        }
    }

    private RequestPattern Request()
    {
        RequestPattern request = RequestPattern.Any;
        foreach (string item in Given.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            int sign = item.IndexOfAny(['=', '~', '!', '|']);
            string name = item[..sign], text = item[(sign + 1)..];
            FieldPattern field = item[sign] switch
            {
                '=' => FieldPattern.Literal(text),
                '~' => FieldPattern.Matching(text),
                '|' => new FieldPattern(false, [.. text.Split('|')], []),
                _ => FieldPattern.Absent,
            };
            request = name switch
            {
                "action" => request with { Action = field },
                "resource" => request with { Resource = field },
                "principal" => request with { Principal = field },
                "type" => request with { PrincipalType = CallerPrincipal.KindOf(text) },
                "owner" => request with { ResourceAccount = text },
                _ => request with { Context = request.Context.Add(new(name, field)) },
            };
        }

        return request;
    }

    public override string ToString() =>
        $"{Question}, world {World}, type {Type}, request [{Given}]{(DefaultReadings ? ", default readings" : "")}{(Zone == TrustZone.None ? "" : $", trusted [{string.Join(", ", Zone.Accounts.Concat(Zone.Organizations).Concat(Zone.Services))}]{(Zone.ConfusedDeputy ? " confused deputy" : "")}{(Zone.Strict ? " strict" : "")}")}"
        + $"\n  policy   {(Stack is null ? Policy : Stack)}"
        + (Compares || HasProperty ? $"\n  other    {(OtherStack is null || HasProperty ? Other : OtherStack)}" : "");
}
