using Shop;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<ISecretsManager, NoSecretsManager>();
foreach (string database in (string[])["DocumentDb", "Redshift"])
{
    // The name is no secret; the policy of the role says which ones can be read.
    builder.Services.AddKeyedSingleton(database, (services, _) =>
        new CachedSecret(services.GetRequiredService<ISecretsManager>(), services.GetRequiredService<TimeProvider>(), $"Applications/Shop/{database}"));
}

WebApplication app = builder.Build();
app.MapGet("/databases", async (
    [FromKeyedServices("DocumentDb")] CachedSecret orders, [FromKeyedServices("Redshift")] CachedSecret reports, CancellationToken cancellation) =>
    // OpenAsync of these is where MongoDB.Driver and a driver for Redshift are given the credential; never a page.
    new { Orders = (await orders.GetAsync(cancellation)).ToString(), Reports = (await reports.GetAsync(cancellation)).ToString() });
app.Run();
