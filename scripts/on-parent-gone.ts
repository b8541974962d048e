// Preloaded by run.mjs: when run.mjs is killed outright it cannot pass a signal on, but the channel between us
// closes. The command is then asked to end as if it had been told to.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}
