/** The commands that package.json contributes. */
export const COMMANDS = {
  runSearch: 'mae-det.runSearch',
  showDashboard: 'mae-det.showDashboard',
  restart: 'mae-det.restartServer',
  showLogs: 'mae-det.showLogs',
} as const;
