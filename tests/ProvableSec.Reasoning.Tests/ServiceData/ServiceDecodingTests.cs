using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Tests.ServiceData;

public sealed class ServiceDecodingTests
{
    private static readonly ServiceCatalogue Catalogue = ServiceCatalogue.Default;

    [Fact]
    public void Every_service_decodes_to_something_sensible()
    {
        int actions = 0;
        foreach (string prefix in Catalogue.ServicePrefixes)
        {
            Assert.True(Catalogue.TryGetService(prefix, out var service));
            Assert.Equal(prefix, service.Prefix);
            Assert.NotEqual("", service.Name);
            Assert.Equal(service.Actions.OrderBy(action => action.Name, StringComparer.Ordinal), service.Actions);
            foreach (var action in service.Actions)
            {
                actions++;
                Assert.Equal(prefix, action.ServicePrefix);
                Assert.NotEqual(AccessLevels.None, action.AccessLevels);
                Assert.Matches("^[A-Za-z0-9-]+$", action.Name);
                Assert.All(action.DependentActions, name => Assert.Matches("^[a-z0-9-]+:[A-Za-z0-9]+$", name));
                Assert.All(action.ResourceTypes, type => Assert.Contains(type.ResourceType, service.ResourceTypes));
                Assert.All(action.ConditionKeys, key => Assert.Contains(key, service.ConditionKeys));
            }

            Assert.All(service.ResourceTypes, type => Assert.NotEmpty(type.ArnFormats));
            Assert.All(service.ResourceTypes.SelectMany(type => type.ArnFormats), format => Assert.StartsWith("arn:", format, StringComparison.Ordinal));
            Assert.All(service.ConditionKeys, key => Assert.True(Enum.IsDefined(key.Type)));
        }

        Assert.InRange(actions, 20_000, 100_000);
    }

    [Fact]
    public void Every_action_is_found_by_its_name()
    {
        foreach (string prefix in Catalogue.ServicePrefixes)
        {
            Assert.True(Catalogue.TryGetService(prefix, out var service));
            foreach (var action in service.Actions)
            {
                Assert.True(Catalogue.TryGetAction(action.FullName.ToUpperInvariant(), out var found));
                Assert.Same(action, found);
            }
        }
    }

    [Fact]
    public void Threads_that_ask_at_the_same_time_get_the_same_service()
    {
        const int Threads = 8;
        var seen = new Service?[Threads][];
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(place => new Thread(() =>
        {
            start.SignalAndWait();
            seen[place] = [.. Catalogue.ServicePrefixes.Select(prefix => Catalogue.TryGetService(prefix, out var service) ? service : null)];
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        foreach (var services in seen)
        {
            Assert.Equal(Catalogue.ServicePrefixes.Count, services.Length);
            for (int i = 0; i < services.Length; i++)
            {
                Assert.NotNull(services[i]);
                Assert.Same(seen[0][i], services[i]);
            }
        }
    }
}
