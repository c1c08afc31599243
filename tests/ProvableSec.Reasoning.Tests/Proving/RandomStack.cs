using System.Collections.Immutable;
using CsCheck;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Tests.Worlds;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>The layers of a stack as they were drawn. Without identity policies it speaks of every principal.</summary>
internal sealed record RandomStack(RandomPolicy[]? Identity, RandomPolicy[] Boundary, RandomPolicy[]? Session, RandomPolicy[][]? Control, string? Account,
    string? Management)
{
    private const string Home = "111122223333", Neighbour = "444455556666";

    public RandomPolicy[] Resource { get; init; } = [];

    /// <summary>Whether the resource is said to have no policy, where none is drawn.</summary>
    public bool HasNoResource { get; init; }

    public RandomPolicy[] Endpoints { get; init; } = [];

    public RandomPolicy[][]? ResourceControl { get; init; }

    /// <summary>Whether the organization, where there is one, has a second account.</summary>
    public bool HasNeighbour { get; init; }

    /// <summary>The policies of one identity.</summary>
    public static Gen<RandomStack> OfIdentity { get; } =
        from identity in RandomPolicy.Any.Array[0, 2]
        from boundary in Gen.Frequency((3, RandomPolicy.Any.Array[0, 0]), (1, RandomPolicy.Any.Array[1, 1]))
        from hasSession in Gen.Frequency((4, false), (1, true))
        from session in RandomPolicy.Any.Array[0, 2]
        from hasControl in Gen.Frequency((3, false), (2, true))
        from control in RandomPolicy.Any.Array[0, 2].Array[1, 2]
        from account in Gen.Frequency((1, (string?)null), (1, Home))
        from management in Gen.Frequency((4, (string?)null), (1, Home), (1, "999988887777"))
        select new RandomStack(identity, boundary, hasSession ? session : null, hasControl ? control : null, account, management);

    /// <summary>Every layer, with principals.</summary>
    public static Gen<RandomStack> OfEverybody { get; } =
        from identity in Maybe(RandomPolicy.OfCaller.Array[0, 1], 2, 3)
        from boundary in Few(RandomPolicy.OfCaller, 4)
        from session in Maybe(RandomPolicy.OfCaller.Array[0, 1], 1, 5)
        from resource in Gen.Frequency((1, RandomPolicy.OfResource.Array[0, 0]), (6, RandomPolicy.OfResource.Array[1, 1]), (1, RandomPolicy.OfRole.Array[1, 1]),
            (1, RandomPolicy.OfKey.Array[1, 1]))
        from endpoints in Few(RandomPolicy.OfResource, 5)
        from more in Few(RandomPolicy.OfResource, 8)
        from control in Maybe(RandomPolicy.OfCaller.Array[0, 1].Array[1, 2], 1, 4)
        from resourceControl in Maybe(RandomPolicy.OfResourceControl.Array[0, 1].Array[1, 2], 1, 3)
        from account in Gen.Frequency((1, (string?)null), (1, Home))
        from management in Gen.Frequency((3, (string?)null), (1, Home), (1, Neighbour), (1, "999988887777"))
        from neighbour in Gen.Bool
        select new RandomStack(identity, boundary, session, control, account, management)
        {
            Resource = resource,
            Endpoints = endpoints.Length == 0 ? [] : [.. endpoints, .. more],
            ResourceControl = resourceControl,
            HasNeighbour = neighbour,
        };

    /// <summary>Every layer, in a world: members of the organization and others, resources with a policy, without one, and with one that is not
    /// given.</summary>
    public static Gen<RandomStack> OfWorld(RandomScene scene) =>
        from identity in Maybe(scene.Policy.Array[1, 2], 3, 1)
        from boundary in Few(scene.Policy, 5)
        from session in Maybe(scene.Policy.Array[0, 1], 1, 6)
        from resource in Gen.Frequency((4, scene.Policy.Array[0, 0]), (4, scene.ResourcePolicy.Array[1, 1]))
        from hasNone in Gen.Bool
        from endpoints in Few(scene.ResourcePolicy, 5)
        from control in Maybe(scene.Policy.Array[0, 2].Array[1, 2], 1, 4)
        from resourceControl in Maybe(scene.Policy
            .Select(p => p with { Statements = [.. p.Statements.Select(s => s with { Deny = true, Principal = RandomPrincipal.Everyone })] }).Array[0,
            1].Array[1, 2], 1, 4)
        from account in Gen.Frequency((1, (string?)null), (3, Home))
        from management in Gen.Frequency((2, (string?)null), (1, Home), (1, Neighbour), (2, "999988887777"))
        from neighbour in Gen.Bool
        select new RandomStack(identity, boundary, session, control, account, management)
        {
            Resource = resource,
            HasNoResource = resource.Length == 0 && hasNone,
            Endpoints = endpoints,
            ResourceControl = resourceControl,
            HasNeighbour = neighbour,
        };

    /// <summary>A stack that differs from another in a policy or two.</summary>
    public static Gen<RandomStack> Near(RandomStack stack) => Near(stack, RandomPolicy.OfResource, RandomPolicy.Near);

    /// <summary>A stack that differs from another in a policy or two, which are drawn as these are.</summary>
    public static Gen<RandomStack> Near(RandomStack stack, Gen<RandomPolicy> ofResource, Func<RandomPolicy, Gen<RandomPolicy>> near) =>
        from place in Gen.Int[0, 1000]
        let at = stack.Layers().Where(l => l.Layer.Length > 0).ToArray()
        from changed in at.Length == 0
            ? ofResource.Select(p => stack with { Resource = [p] })
            : near(at[place % at.Length].Layer[0]).Select(p => at[place % at.Length].With([p, .. at[place % at.Length].Layer.Skip(1)]))
        from again in Gen.Frequency((3, false), (1, true))
        from second in again ? Near(changed, ofResource, near) : Gen.Const(changed)
        select second;

    public PolicyStack Read() => PolicyStack.Empty with
    {
        IdentityPolicies = Identity is null ? null : [.. Identity.Select(p => p.Read())],
        PermissionsBoundary = Boundary.Length > 0 ? Boundary[0].Read() : null,
        SessionPolicies = Session is null ? null : [.. Session.Select(p => p.Read())],
        ResourcePolicy = Resource.Length > 0 ? Resource[0].Read() : null,
        HasNoResourcePolicy = HasNoResource && Resource.Length == 0,
        VpcEndpointPolicies = [.. Endpoints.Select(p => p.Read())],
        ServiceControlPolicies = Levels(Control),
        ResourceControlPolicies = Levels(ResourceControl),
        Account = Account,
        Organization = Management is null ? null : new Organization("o-a", Management, Accounts()),
    };

    public RandomStack WithoutVariables()
    {
        RandomStack bare = this;
        for (int i = 0; i < Layers().Count(); i++)
        {
            // Each change is made to what the last one left.
            (RandomPolicy[] layer, Func<RandomPolicy[], RandomStack> with) = bare.Layers().ElementAt(i);
            bare = with([.. layer.Select(p => p.WithoutVariables())]);
        }

        return bare;
    }

    public IEnumerable<RandomStack> Smaller()
    {
        foreach ((bool given, RandomStack without) in ((bool, RandomStack)[])[
            (Session is not null, this with { Session = null }),
            (Control is not null, this with { Control = null }),
            (ResourceControl is not null, this with { ResourceControl = null }),
            (Management is not null, this with { Management = null }),
            (Account is not null, this with { Account = null }),
            (HasNeighbour, this with { HasNeighbour = false }),
            (HasNoResource, this with { HasNoResource = false })])
        {
            if (given)
            {
                yield return without;
            }
        }

        foreach ((RandomPolicy[] layer, Func<RandomPolicy[], RandomStack> with) in Layers())
        {
            foreach (RandomPolicy[] fewer in RandomStatement.Without(layer))
            {
                yield return with(fewer);
            }

            for (int i = 0; i < layer.Length; i++)
            {
                foreach (RandomPolicy smaller in layer[i].Smaller())
                {
                    yield return with([.. layer[..i], smaller, .. layer[(i + 1)..]]);
                }
            }
        }
    }

    /// <summary>The lists of policies, each with what the stack becomes when it is replaced.</summary>
    private IEnumerable<(RandomPolicy[] Layer, Func<RandomPolicy[], RandomStack> With)> Layers()
    {
        yield return (Resource, p => this with { Resource = p });
        if (Identity is not null)
        {
            yield return (Identity, p => this with { Identity = p });
        }

        yield return (Boundary, p => this with { Boundary = p });
        if (Session is not null)
        {
            yield return (Session, p => this with { Session = p });
        }

        yield return (Endpoints, p => this with { Endpoints = p });
        for (int i = 0; i < Control?.Length; i++)
        {
            int level = i;
            yield return (Control[level], p => this with { Control = [.. Control[..level], p, .. Control[(level + 1)..]] });
        }

        for (int i = 0; i < ResourceControl?.Length; i++)
        {
            int level = i;
            yield return (ResourceControl[level], p => this with { ResourceControl = [.. ResourceControl[..level], p, .. ResourceControl[(level + 1)..]] });
        }
    }

    public override string ToString()
    {
        var shown = new List<string>();
        Add("identity", Identity is null ? null : [Identity]);
        Add("boundary", Boundary.Length == 0 ? null : [Boundary]);
        Add("session", Session is null ? null : [Session]);
        Add("resource", Resource.Length == 0 && !HasNoResource ? null : [Resource]);
        Add("endpoints", Endpoints.Length == 0 ? null : [Endpoints]);
        Add("SCPs", Control);
        Add("RCPs", ResourceControl);
        return $"{string.Join("\n           ", shown)}\n           account {Account} management {Management} of {(HasNeighbour ? "two" : "one")}";

        void Add(string name, RandomPolicy[][]? levels)
        {
            if (levels is not null)
            {
                shown.Add($"{name} {string.Join(" / ", levels.Select(l => $"[{string.Join(", ", l.Select(p => p.ToString()))}]"))}");
            }
        }
    }

    private static ImmutableArray<ImmutableArray<Policy.Model.PolicyDocument>>? Levels(RandomPolicy[][]? levels) =>
        levels is null ? null : [.. levels.Select(level => level.Select(p => p.Read()).ToImmutableArray())];

    private ImmutableDictionary<string, string> Accounts()
    {
        ImmutableDictionary<string, string> accounts = ImmutableDictionary<string, string>.Empty.Add(Home, "o-a/r-a/ou-a/");
        return HasNeighbour ? accounts.Add(Neighbour, "o-a/r-a/ou-b/") : accounts;
    }

    private static Gen<RandomPolicy[]> Few(Gen<RandomPolicy> policy, int none) => Gen.Frequency((none, policy.Array[0, 0]), (1, policy.Array[1, 1]));

    private static Gen<T?> Maybe<T>(Gen<T> gen, int some, int none)
        where T : class => Gen.Frequency((some, gen.Select(t => (T?)t)), (none, Gen.Const((T?)null)));
}
